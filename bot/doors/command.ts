import { z } from 'zod'
import { categories, intents } from '../../intents/understanding.ts'
import { alarmReportSchema } from '../alarms/alarm-report.ts'
import { groupSettings } from '../documents.ts'
import { retryCommand } from '../forwarding/forward-command.ts'
import { statusCommand } from '../forwarding/status-command.ts'
import { apiKeyScopes, systemName } from '../people/api-keys.ts'
import { dailyHours } from '../quiz/daily-hours.ts'
import { ledgerFilter } from '../reports/queries.ts'
import { gridCommands } from './grid/grid-commands.ts'
import { groupOwnerCommand } from './group-owner-command.ts'
import { noticeCommands } from './notices/notice-commands.ts'
import { ticketCommands } from './tickets/ticket-commands.ts'

/** What a person can ask the house to do, from chat, console, API or command line. */
const name = z.string().trim().min(1).max(40)
const id = z.string().min(1).max(80)

const question = z.string().regex(/^Q[1-9]\d{0,8}$/u, 'a number of the list, for example Q12')
/** Its length and what must not stand in it are looked at with the question: see questions/fault.ts. */
const wordedAnswer = {
  question,
  text: z.string().max(20_000),
  everywhere: z.boolean().exactOptional(),
  until: z.string().max(20).exactOptional(),
}

export const commandSchema = z.discriminatedUnion('type', [
  ...ticketCommands,
  ...noticeCommands,
  statusCommand,
  retryCommand,
  groupOwnerCommand,
  z.strictObject({ type: z.literal('group.set'), group: id, setting: z.enum(groupSettings) }),
  /** The daily quiz question: its hour, or null for none. */
  z.strictObject({
    type: z.literal('group.quiz'),
    group: id,
    hour: z.int().min(dailyHours.from).max(dailyHours.to).nullable(),
  }),
  ...gridCommands,
  z.strictObject({ type: z.literal('person.erase'), person: id }),
  /** Anchors the heads of the ledger's chains now, beside the daily anchor. */
  z.strictObject({ type: z.literal('ledger.anchor') }),
  z.strictObject({ type: z.literal('question.answer'), ...wordedAnswer }),
  /** Another wording; who asked is not told again. */
  z.strictObject({ type: z.literal('question.revise'), ...wordedAnswer }),
  z.strictObject({ type: z.literal('question.withdraw'), question }),
  z.strictObject({
    type: z.literal('question.dismiss'),
    question,
    reason: z.string().trim().min(1).max(200).exactOptional(),
  }),
  /**
   * Which message is meant: that of a ticket; the words themselves (with a group: whoever said them there); or what
   * the bot answered last in a group.
   */
  z.strictObject({
    type: z.literal('correction.add'),
    ticket: id.exactOptional(),
    group: id.exactOptional(),
    text: z.string().trim().min(1).max(1_000).exactOptional(),
    right: z
      .strictObject({
        intent: z.enum(intents).exactOptional(),
        category: z.enum(categories).exactOptional(),
        place: z.string().trim().min(1).max(40).exactOptional(),
        answer: z.literal('wrong').exactOptional(),
      })
      .refine((right) => Object.keys(right).length > 0, 'an intent, a category, a place, or answer: wrong')
      .refine(
        ({ intent, category }) => category === undefined || (intent ?? 'complaint') === 'complaint',
        'only a complaint has a category: leave one of the two out',
      ),
  }),
  z.strictObject({ type: z.literal('correction.withdraw'), correction: id }),
  /** Personal data of the ledger is wanted: changes nothing, and is on record before the first row is read. */
  z.strictObject({ type: z.literal('ledger.unmask'), ...ledgerFilter }),
  /** Whoever makes the key sends its hash: the key itself passes no door and stands in no audit. */
  z.strictObject({
    type: z.literal('apikey.add'),
    name: systemName,
    scopes: z.array(z.enum(apiKeyScopes)).min(1, 'at least one scope').max(apiKeyScopes.length),
    hash: z.string().regex(/^[0-9a-f]{64}$/u, 'the sha256 of the key, in hex'),
  }),
  alarmReportSchema.extend({ type: z.literal('alarm.report') }),
  /** One key by the beginning of its id, or all of a name. */
  z.strictObject({ type: z.literal('apikey.revoke'), key: name }),
])
export type Command = z.infer<typeof commandSchema>

/** Who asks. The operator is whoever may read the data folder on the machine itself. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('operator') }),
  z.strictObject({ kind: z.literal('person'), id }),
  /** Another system, known by its api key or its signature. */
  z.strictObject({ kind: z.literal('system'), name: systemName }),
])
export type Actor = z.infer<typeof actorSchema>

/** As events and the audit name them: person id, `operator`, or `system/NAME`. */
export function byOf(actor: Actor): string {
  switch (actor.kind) {
    case 'operator':
      return 'operator'
    case 'person':
      return actor.id
    case 'system':
      return `system/${actor.name}`
  }
}

/** What keeps a command from being carried out, although it is lawful. */
export type Lacking =
  | 'photo'
  | 'department'
  | 'person'
  | 'own-department'
  | 'which-department'
  | 'time'
  | 'later-day'
  | 'hold-in-time'
  | 'sooner-day'
  | 'fewer-days'
  | 'more-days'
  | 'day-after'
  /** Somebody higher, who is not complained about. */
  | 'higher'
  | 'request'
  | 'whistle'

export class RefusedError extends Error {
  /**
   * `authority`: not this person's to ask; `elsewhere`: the ticket of another place or department; `unknown`: no such
   * thing; `unlawful`: not in this state; `incomplete`: something is missing, `lacks` says what.
   */
  readonly code: 'authority' | 'elsewhere' | 'unknown' | 'unlawful' | 'exists' | 'incomplete'
  readonly lacks?: Lacking

  constructor(code: RefusedError['code'], message: string, lacks?: Lacking) {
    super(message)
    this.name = 'RefusedError'
    this.code = code
    if (lacks !== undefined) this.lacks = lacks
  }
}
