import { createHash } from 'node:crypto'
import type { CommandResult } from '../../../bot/doors/decided.ts'
import { idWithin } from '../../../bot/doors/once-within.ts'
import { cleanName } from '../../clean-name.ts'
import { HttpError } from '../http-error.ts'
import type { HttpContext, HttpParts } from '../parts.ts'
import { tellingFaults } from './notice-refusals.ts'
import type { PatchedNotice, PostedNotice } from './notice-schemas.ts'

/** A notice that another system writes: once, however often it is asked, and sent only when it says so. */

/** What is asked again without a key within this time is the same. */
const doubledWithin = 10 * 60_000
const longestKey = 500

export interface ToWrite {
  /** The command without what makes it happen once. */
  readonly command: { readonly type: 'notice.write' | 'notice.follow' } & Readonly<Record<string, unknown>>
  readonly submit: boolean
  readonly evenIfAlike: boolean
}

/** @returns what `writtenSchema` says @throws HttpError */
export async function writeOnce(
  parts: HttpParts,
  context: HttpContext,
  { command, submit, evenIfAlike }: ToWrite,
): Promise<object> {
  const doors = tellingFaults(parts)
  const actor = actorOf(context)
  const print = hash([command, submit, evenIfAlike])
  const key = idFrom(context)
  const first = key ?? (await idWithin(parts.house, `notice/${actor.name}/${print}`, doubledWithin))
  const { id, result } = await written(first)
  assertSameAsked(result, print)
  const notice = String(result['notice'])
  const alike = await alikeOf(doors, actor, result)
  if (!submit) return writtenAnswer(result, alike)
  if (alike && !evenIfAlike) throw heldBack(notice, alike)
  return writtenAnswer({ ...result, ...(await submitted()) }, alike)

  /** What was thrown away is not the same as what is written now; a key is always the same. */
  async function written(id: string): Promise<{ readonly id: string; readonly result: CommandResult }> {
    const result = await doors.execute(actor, id, { ...command, print })
    const notice = String(result['notice'])
    if (key !== undefined || !(await isThrownAway(doors, actor, notice))) return { id, result }
    return written(`${id}/${notice}`)
  }
  async function submitted(): Promise<CommandResult> {
    try {
      return await doors.execute(actor, `${id}/submit`, { type: 'notice.submit', notice })
    } catch (error) {
      throw error instanceof HttpError && error.code !== 'state' ? keptAsDraft(error, notice) : error
    }
  }
}

/** @throws HttpError 422 */
export function assertSameAsked(result: CommandResult, print: string): void {
  if (result['print'] === print) return
  throw new HttpError(
    422,
    'this Idempotency-Key came before, with something else: send a new key for each notice',
    { code: 'key-reused' },
  )
}

type Doors = ReturnType<typeof tellingFaults>
type System = ReturnType<typeof actorOf>

async function isThrownAway({ query }: Doors, actor: System, notice: string): Promise<boolean> {
  const [row] = (await query(actor, { type: 'notice', notice })) as readonly { readonly state: string }[]
  return row?.state === 'discarded' || row?.state === 'refused'
}

/** Of somebody else's no more is told than that there is one. */
async function alikeOf({ query }: Doors, actor: System, result: CommandResult): Promise<Alike> {
  const other = String(result['alike'] ?? '')
  if (other === '') return null
  try {
    await query(actor, { type: 'notice', notice: other })
    return { notice: other }
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return { notice: null }
    throw error
  }
}

function keptAsDraft(error: HttpError, notice: string): HttpError {
  const { status, message, code, candidates } = error
  const kept = `${notice} is kept as a draft: PATCH it and submit it, or discard it`
  return new HttpError(status, `${message}; ${kept}`, { code, candidates, cause: error })
}

type Alike = { readonly notice: string | null } | null

function heldBack(notice: string, alike: NonNullable<Alike>): HttpError {
  const other = alike.notice === null ? '' : ` (${alike.notice})`
  const message = `nearly the same was just written for some of these groups${other}, so ${notice} is kept as a draft and not sent: submit it if it is meant all the same, else discard it`
  return new HttpError(409, message, {
    code: 'alike',
    candidates: alike.notice === null ? [] : [alike.notice],
  })
}

/** What is different about a notice. */
export async function patchNotice(
  parts: HttpParts,
  context: HttpContext,
  notice: string,
  change: PatchedNotice,
): Promise<object> {
  const { targets, ...rest } = change
  const command = { type: 'notice.revise', notice, ...wordsOf(rest), ...(targets && { targets }) }
  const doors = tellingFaults(parts)
  const actor = actorOf(context)
  const revised = await doors.execute(actor, idOf(context), command)
  return writtenAnswer(revised, await alikeOf(doors, actor, revised))
}

/** What was posted, as the door wants it: instants in ms, attachments by what they are. */
export function wordsOf({ attachment, sendAt, expiresAt, repeat, ...rest }: Omit<PatchedNotice, 'targets'>) {
  return {
    ...rest,
    ...(attachment && { attachment: described(attachment) }),
    ...(sendAt !== undefined && { sendAt: instantOf(sendAt) }),
    ...(expiresAt !== undefined && { expiresAt: instantOf(expiresAt) }),
    ...(repeat && {
      repeat: { ...repeat, ...(repeat.until !== undefined && { until: instantOf(repeat.until) }) },
    }),
  }
}

/** Before 1970 is as much in the past as 1970 is. */
function instantOf(text: string): number {
  return Math.max(0, Date.parse(text))
}

const pictures = ['jpg', 'png', 'gif', 'webp']

/** A file is what its content was found to be, whatever is said of it, and its name hides nothing. */
function described({ name, file }: NonNullable<PostedNotice['attachment']>) {
  const extension = file.slice(file.lastIndexOf('.') + 1)
  const kind = pictures.includes(extension) ? 'picture' : 'file'
  return { name: cleanName(name, extension), file, kind }
}

function writtenAnswer(result: CommandResult, alike: Alike): object {
  const { notice, state, text, targets, groups, people, minutes, beginsAt, expiresAt } = result
  const needs = String(result['needs'] ?? '')
  return {
    ...{ notice, state, text, targets, groups, people, minutes, beginsAt, expiresAt },
    approval: needs === '' ? [] : needs.split(','),
    approvers: result['approvers'] ?? null,
    attachment: result['attachment'] === '' ? null : result['attachment'],
    alike,
  }
}

export function actorOf(context: HttpContext) {
  return { kind: 'system', name: context.get('key').name } as const
}

/** For what happens once by itself: the same key is answered the same, without one each request counts. */
export function idOf(context: HttpContext): string {
  return idFrom(context) ?? `notice/${actorOf(context).name}/${context.get('requestId')}`
}

/** @throws HttpError 400 */
function idFrom(context: HttpContext): string | undefined {
  const key = context.req.header('idempotency-key')?.trim() ?? ''
  if (key === '') return undefined
  if (key.length > longestKey)
    throw new HttpError(400, `expected an Idempotency-Key of at most ${longestKey} characters`)
  const { method, path } = context.req
  return `notice/${actorOf(context).name}/key/${hash([key, method, path])}`
}

export function hash(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}
