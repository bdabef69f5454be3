import type { NoticeCopyRow, NoticeProgressRow, NoticeRow } from '../doors/notices/notice-rows.ts'
import type { CopyState } from '../notices/notice.ts'
import type { ReceiptRow } from '../notices/residents/receipt-report.ts'
import type { NoticeTemplate } from '../notices/writing/templates.ts'

/** Notices as the operator reads them. */

/** What the door tells of a draft. */
export interface Preview {
  readonly notice: string
  readonly state: string
  readonly text: string
  readonly targets: string
  readonly groups: number
  readonly people: number
  readonly minutes: number
  readonly needs: string
  readonly alike: string
  readonly beginsAt: string
  readonly expiresAt: string
  readonly attachment: string
}

export function previewLines(preview: Preview): readonly string[] {
  const { notice, text, targets, groups, people, minutes, needs, alike, attachment } = preview
  const long = minutes <= 1 ? 'within a minute' : `in about ${minutes} minutes`
  return [
    `${notice} is a draft: nothing is sent yet`,
    `to: ${targets} (${counted(groups, 'group')}, about ${people.toLocaleString('en')} people), ${long}`,
    `begins: ${clockOf(preview.beginsAt)}; over: ${clockOf(preview.expiresAt)}`,
    ...(attachment === '' ? [] : [`with: ${attachment}`]),
    ...(needs === ''
      ? []
      : [`needs a second person to approve it: ${needs.split(',').map(reasonWords).join(', ')}`]),
    ...(alike === '' ? [] : [`careful: ${alike} says nearly the same to some of these groups`]),
    ...text.split('\n').map((line) => `  │ ${line}`),
  ]
}

function reasonWords(reason: string): string {
  const words: Readonly<Record<string, string>> = {
    ...{ groups: 'many groups', template: 'its template', hours: 'the hour', emergency: 'an emergency' },
    repeated: 'it is sent again and again',
  }
  return words[reason] ?? reason
}

export function rowLine({ notice, state, targets, groups, author, writtenAt, text }: NoticeRow): string {
  return `${notice}  ${state}  ${targets}  ${counted(groups, 'group')}  ${author}  ${clockOf(writtenAt)}  ${beginOf(text)}`
}

export function progressLines(row: NoticeProgressRow): readonly string[] {
  const { notice, state, targets, groups, author, approvedBy, history } = row
  const marks = [
    row.emergency && 'emergency',
    row.receipt && 'receipts',
    row.attachment && `with ${row.attachment}`,
  ]
  const more = [row.repeat && `repeated: ${row.repeat}`, row.series && `made by ${row.series}`, row.follows]
  return [
    `${notice}  ${state}  ${targets}  ${counted(groups, 'group')}`,
    `by ${author}${approvedBy === undefined ? '' : `, approved by ${approvedBy}`}; ${timesOf(row)}`,
    ...[...marks, ...more].filter(Boolean).map((each) => `  ${each}`),
    ...copiesLine(row),
    ...row.text.split('\n').map((line) => `  │ ${line}`),
    ...history.map(
      ({ at, by, event, note }) => `${clockOf(at)}  ${event}  ${by}${note === undefined ? '' : `  ${note}`}`,
    ),
  ]
}

function timesOf({ sendAt, expiresAt }: NoticeRow): string {
  const begin = sendAt === undefined ? '' : `for ${clockOf(sendAt)}, `
  return `${begin}over ${clockOf(expiresAt)}`
}

function copiesLine(row: NoticeProgressRow): readonly string[] {
  const words = copyWords(row.copies)
  if (words === '') return []
  const left = row.copies.queued ? `; ${lengthWords(row.remainingMs)} to go` : ''
  return [`${words}${left}`]
}

const copyStates = ['confirmed', 'sent', 'sending', 'queued', 'unconfirmed', 'failed', 'skipped'] as const

/** 640 confirmed, 2 failed */
export function copyWords(
  copies: Readonly<Partial<Record<CopyState, number>>>,
  states: readonly CopyState[] = copyStates,
): string {
  return states.flatMap((state) => (copies[state] ? [`${copies[state]} ${state}`] : [])).join(', ')
}

export function copyLine({ group, name, state, reason, account, at }: NoticeCopyRow): string {
  const why = reason === undefined ? '' : ` (${reason})`
  const rest = [account && `account ${account}`, at && clockOf(at)].filter(Boolean).map((each) => `  ${each}`)
  return `${group}  ${name}  ${state}${why}${rest.join('')}`
}

/** Nobody is called by name where the rules do not name the group's tag. */
export function receiptLine({ group, name, members, read, missing = [] }: ReceiptRow): string {
  const of = members === undefined ? '' : ` of ${members}`
  const called = missing.length === 0 ? '' : `  missing: ${missing.join(', ')}`
  return `${group}  ${name}  ${read}${of}${called}`
}

export function templateLines({ name, also, fields, text }: NoticeTemplate): string {
  const others = also.length === 0 ? '' : ` (${also.join(', ')})`
  const asked = fields.map(
    (field) => `  ${field.name}${field.required ? '' : ', if wanted'}: ${field.example}`,
  )
  return [`${name}${others}`, ...asked, ...text.split('\n').map((line) => `  │ ${line}`)].join('\n')
}

/** After submit and approve. */
export function movedWords(result: object): string {
  const {
    state,
    beginsAt = '',
    approvers = 0,
  } = result as {
    readonly state?: string
    readonly beginsAt?: string
    readonly approvers?: number
  }
  if (state !== 'awaiting')
    return ` goes out from ${clockOf(beginsAt)} on; linli notice watch shows how far it is`
  const asked =
    approvers === 0
      ? 'nobody on the roster may'
      : `${approvers} ${approvers === 1 ? 'person is' : 'people are'} asked`
  return ` waits for approval: ${asked}`
}

/** 2026-11-18 09:00, from ISO in +08:00 */
export function clockOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

/** 47 min, 1 h 05 min, 30 s */
export function lengthWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}

const shown = 24

function beginOf(text: string): string {
  const letters = [...text.replace(/\s+/gu, ' ')]
  return letters.length > shown ? `${letters.slice(0, shown).join('')}…` : letters.join('')
}
