import type { ForwardedTicket } from '../../../bot/ports/ticket-system.ts'
import { hour, isoShanghai, localDate } from '../../../tickets/shanghai-time.ts'
import type { Issue } from './answers.ts'
import { oneLine, storable, withinBytes, withoutMarkup } from './plain-words.ts'
import type { Knowing } from './states.ts'

/** What an issue should say of a ticket, and what of it is ours when it is read again. */

const longestSubject = 255
/** Below what a column of MySQL holds (65,535), with room for the lines of ours. */
const longestText = 55_000
const cut = '\n……（原文过长，其余见邻里台账）'

export function subjectOf({ id, title }: ForwardedTicket): string {
  return oneLine(`${subjectPrefix(id)} ${title}`, longestSubject)
}

export function subjectPrefix(number: string): string {
  return `[${number}]`
}

/** The day alone: Redmine refuses a time. */
export function dueDateOf({ deadline }: ForwardedTicket): string {
  return localDate(deadline)
}

export function startDateOf({ openedAt }: ForwardedTicket): string {
  return localDate(openedAt)
}

/** What they were told last: it stands in the last line of the description. */
export interface Told {
  readonly number: string
  readonly sequence: number
  readonly state: string
  readonly deadline: string
}

const toldLine =
  /^邻里台账 (?<number>\d{8}-\d{3,}) #(?<sequence>\d{1,9})：(?<state>.+?)，期限 (?<deadline>[\d-]+ [\d:]+)/gmu

/** The last such line: words of residents stand above it, whatever they imitate. */
export function toldIn({ description }: Pick<Issue, 'description'>): Told | undefined {
  const lines = [...unbroken(description).matchAll(toldLine)]
  const { number, sequence, state, deadline } = lines.at(-1)?.groups ?? {}
  if (number === undefined || state === undefined || deadline === undefined) return undefined
  return { number, sequence: Number(sequence), state, deadline }
}

/** Do they know our state and deadline already? Then the line stays as it is, whatever else happened since. */
export function knowingOf(told: Told | undefined, ticket: ForwardedTicket): Knowing {
  const round = told?.number === ticket.id && told.deadline === wallClock(ticket.deadline)
  return { round, all: round && told.state === stateWord(ticket) }
}

/** However a community words its states, our line stays one line that can be read again. */
function stateWord({ stateName }: ForwardedTicket): string {
  return oneLine(withoutMarkup(stateName), 40)
}

const departmentLabel = '责任单位'

/** Is it the department that they were told? The last such line is ours. */
export function isOfDepartment(
  { description }: Pick<Issue, 'description'>,
  { department }: ForwardedTicket,
): boolean {
  const lines = unbroken(description).split('\n')
  return (
    lines.findLast((line) => line.startsWith(`${departmentLabel}：`)) ===
    factLine(departmentLabel, department)
  )
}

function factLine(label: string, value: string): string {
  return `${label}：${oneLine(withoutMarkup(value), 500)}`
}

export function descriptionOf(ticket: ForwardedTicket, told: Told | undefined): string {
  const { id, place, categoryName, department, openedAt, deadline } = ticket
  const sequence = told && knowingOf(told, ticket).all ? told.sequence : ticket.sequence
  const facts = [
    ['地点', place],
    ['类别', categoryName],
    [departmentLabel, department],
    ['反映时间', wallClock(openedAt)],
  ].filter(([, value]) => value !== '')
  return [
    withinBytes(withoutMarkup(ticket.text), longestText, cut),
    '',
    ...facts.map(([label = '', value = '']) => factLine(label, value)),
    `邻里台账 ${id} #${sequence}：${stateWord(ticket)}，期限 ${wallClock(deadline)}（由邻里填写，请勿改动本行）`,
  ].join('\n')
}

/** What was done, as a note; its last line tells whose it is, so that it is never added twice. */
export function noteOf({ id, sequence, note }: ForwardedTicket): string | undefined {
  const words = doneWords(note)
  return words === '' ? undefined : `${words}\n\n〔邻里 ${id} #${sequence}〕`
}

const noteMark = /(?:^|\n)〔邻里 \d{8}-\d{3,} #(?<sequence>\d{1,9})〕\s*$/u

/** Ours with a number as late as this one, the last of ours with these words, or theirs that say them. */
export function isNoted({ journals }: Pick<Issue, 'journals'>, ticket: ForwardedTicket): boolean {
  const words = doneWords(ticket.note)
  const ours = journals.flatMap(({ notes }) => ownNote(notes) ?? [])
  return (
    ours.some(({ sequence }) => sequence >= ticket.sequence) ||
    ours.at(-1)?.words === words ||
    theirNotes({ journals }).some((said) => withoutMarkup(said).includes(words))
  )
}

/**
 * What their people say of the status it has now: with it, after it, or within the hour before, for many write first
 * and choose the status then. Older words were about something else.
 */
export function theirNoteOn({ journals }: Pick<Issue, 'journals'>): string | undefined {
  const turn = journals.findLastIndex(({ details }) =>
    details.some(({ property, name }) => property === 'attr' && name === 'status_id'),
  )
  const since = theirNotes({ journals: journals.slice(Math.max(turn, 0)) }).at(-1)
  if (since !== undefined || turn < 0) return since
  const turnedAt = Date.parse(journals[turn]?.created_on ?? '')
  const shortlyBefore = journals
    .slice(0, turn)
    .filter((journal) => turnedAt - Date.parse(journal.created_on) <= hour)
  return theirNotes({ journals: shortlyBefore }).at(-1)
}

/** Words of their people, oldest first; never private ones. */
function theirNotes({ journals }: Pick<Issue, 'journals'>): readonly string[] {
  return journals.flatMap(({ notes, private_notes: hidden }) => {
    const words = storable(notes ?? '')
    return hidden || words === '' || ownNote(notes) ? [] : [words]
  })
}

function ownNote(notes: string | null | undefined): { words: string; sequence: number } | undefined {
  const text = unbroken(notes)
  const mark = noteMark.exec(text)
  if (!mark) return undefined
  return { words: text.slice(0, mark.index).trim(), sequence: Number(mark.groups?.['sequence']) }
}

function doneWords(note: string | undefined): string {
  return withinBytes(withoutMarkup(note ?? ''), longestText, cut)
}

/** Redmine keeps line breaks as \r\n. */
export function unbroken(text: string | null | undefined): string {
  return (text ?? '').replace(/\r\n?/gu, '\n')
}

/** 2026-11-23 18:00 */
function wallClock(at: number): string {
  return isoShanghai(at).slice(0, 16).replace('T', ' ')
}
