import { z } from 'zod'
import { roles } from '../documents.ts'
import { type WatchEvent, watchEventSchema } from '../watching.ts'

/**
 * What the operator's own programs ask of a running bot: the other commands of the command line, and the
 * playground. Whoever may open the data folder is the operator, so no request names an actor.
 */

const name = z.string().trim().min(1).max(40)

/** What happens in the simulated WeChat. People and groups come to be when they are first named. */
const simActSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('say'),
    person: name,
    /** Without it the line is private to the bot. */
    group: name.optional(),
    text: z.string().max(20_000).optional(),
    /** The path of a picture; a name that is no file stands for one that nobody needs to look at. */
    image: z.string().min(1).max(500).optional(),
    voice: z.boolean().optional(),
  }),
  z.strictObject({ do: z.literal('recall'), message: z.string().min(1).max(120) }),
  z.strictObject({ do: z.literal('rename'), group: name, topic: name }),
  /** Without `person` the bot itself enters the group, or is taken out of it. */
  z.strictObject({ do: z.literal('join'), group: name, person: name.optional() }),
  z.strictObject({ do: z.literal('leave'), group: name, person: name.optional() }),
  z.strictObject({ do: z.literal('role'), person: name, role: z.enum(roles) }),
  z.strictObject({ do: z.literal('world') }),
  /** Answered when everything said so far was thought about and everything sent. */
  z.strictObject({ do: z.literal('rest') }),
])
export type SimAct = z.infer<typeof simActSchema>

export const localRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello') }),
  z.strictObject({
    type: z.literal('execute'),
    /** The same id happens once; asked again it gives the result of the first time. */
    id: z.string().min(1).max(120),
    command: z.looseObject({ type: z.string() }),
  }),
  z.strictObject({ type: z.literal('query'), query: z.looseObject({ type: z.string() }) }),
  z.strictObject({ type: z.literal('sim'), act: simActSchema }),
  /** Events follow on the same connection until it ends. */
  z.strictObject({ type: z.literal('watch') }),
  /** Documents were imported or removed: they are read anew. */
  z.strictObject({ type: z.literal('knowledge.reload') }),
  z.strictObject({ type: z.literal('backup'), folder: z.string().min(1) }),
  z.strictObject({ type: z.literal('stop') }),
])
export type LocalRequest = z.infer<typeof localRequestSchema>
export type Answerable = Exclude<LocalRequest, { readonly type: 'watch' }>

/** What a running bot offers; the socket's client looks the same as the house itself. */
export interface LocalDoor {
  /** Plain data. @throws LocalDoorError */
  ask(request: Answerable): Promise<unknown>
  /** Resolves when listening; returns the way to stop. */
  watch(listener: (event: WatchEvent) => void): Promise<() => void>
  close(): Promise<void>
}

export class LocalDoorError extends Error {
  /** `bad-request`, `gone` (the bot ended before it answered), or the code of what was refused. */
  readonly code: string

  constructor(message: string, { code, cause }: { readonly code: string; readonly cause?: unknown }) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'LocalDoorError'
    this.code = code
  }
}

/** One line of the socket, after its JSON was read. */
export const answerLineSchema = z.union([
  z.strictObject({ request: z.int(), result: z.unknown() }),
  z.strictObject({
    request: z.int().nullable(),
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
  z.strictObject({ event: watchEventSchema }),
])
export type AnswerLine = z.infer<typeof answerLineSchema>
