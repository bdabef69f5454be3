import type { Difference, ForwardedTicket } from '../../../bot/ports/ticket-system.ts'
import { isRunning } from '../../../tickets/ticket.ts'
import type { Issue } from './answers.ts'
import type { RedmineSettings } from './options.ts'
import { oneLine } from './plain-words.ts'
import { mustMove, remoteState, theirStatus } from './states.ts'
import type { Vocabulary } from './vocabulary.ts'
import {
  descriptionOf,
  dueDateOf,
  isNoted,
  isOfDepartment,
  knowingOf,
  noteOf,
  subjectOf,
  subjectPrefix,
  toldIn,
  unbroken,
} from './wanted.ts'

/** Where an issue says otherwise than its ticket: what is to be written, and, read back, what was not taken. */

/** Members of `issue` in a PUT, only those that differ. */
export interface IssueChange {
  readonly subject?: string
  readonly description?: string
  readonly due_date?: string
  readonly status_id?: number
  readonly notes?: string
  readonly custom_fields?: readonly { readonly id: number; readonly value: string }[]
}

export function changesOf(
  settings: RedmineSettings,
  { statuses }: Vocabulary,
  issue: Issue,
  ticket: ForwardedTicket,
): IssueChange {
  const told = toldIn(issue)
  const subject = subjectOf(ticket)
  const description = descriptionOf(ticket, told)
  const dueDate = dueDateOf(ticket)
  const wanted = theirStatus(settings, ticket.state)
  const status = statuses.get(wanted)
  const note = isNoted(issue, ticket) ? undefined : noteOf(ticket)
  const field = numberField(settings, issue)
  return {
    ...(issue.subject !== subject && { subject }),
    ...(unbroken(issue.description) !== description && { description }),
    ...(issue.due_date !== dueDate && { due_date: dueDate }),
    ...(status !== undefined &&
      mustMove(settings, issue.status.name, wanted, knowingOf(told, ticket)) && { status_id: status }),
    ...(note !== undefined && { notes: note }),
    ...(field && field.value !== ticket.id && { custom_fields: [{ id: field.id, value: ticket.id }] }),
  }
}

/**
 * Nothing is to be written: they know a newer state of the ticket; or they declined it, and it went to another
 * department meanwhile. Given to the same one again, it is theirs again.
 */
export function isLeftAlone(settings: RedmineSettings, issue: Issue, ticket: ForwardedTicket): boolean {
  const told = toldIn(issue)
  if (told?.number === ticket.id && told.sequence > ticket.sequence) return true
  const declined = remoteState(settings, issue.status.name) === 'declined'
  return declined && isRunning(ticket) && !isOfDepartment(issue, ticket)
}

/** Is it this ticket's issue? After a restore over there an id may belong to something else. */
export function isIssueOf(settings: RedmineSettings, issue: Issue, number: string): boolean {
  return (
    numberField(settings, issue)?.value === number ||
    issue.subject.startsWith(subjectPrefix(number)) ||
    toldIn(issue)?.number === number
  )
}

const anyNumber = /^\d{8}-\d{3,}$/u

/** Is it an issue of any ticket of ours? */
export function isOurs(settings: RedmineSettings, issue: Issue): boolean {
  const inField = numberField(settings, issue)?.value
  return (
    (typeof inField === 'string' && anyNumber.test(inField)) ||
    /^\[\d{8}-\d{3,}\]/u.test(issue.subject) ||
    toldIn(issue) !== undefined
  )
}

/** What they did not take. `written` is what was sent, so that their own progress is no difference. */
export function differencesOf(
  settings: RedmineSettings,
  issue: Issue,
  ticket: ForwardedTicket,
  written: IssueChange,
): readonly Difference[] {
  const wanted = theirStatus(settings, ticket.state)
  const note = noteOf(ticket)
  const compared: readonly (Difference & { readonly agrees: boolean })[] = [
    compare('title', subjectOf(ticket), issue.subject),
    compare('description', descriptionOf(ticket, toldIn(issue)), unbroken(issue.description)),
    compare('dueDate', dueDateOf(ticket), issue.due_date ?? ''),
    {
      ...compare('status', wanted, statusShown(issue, wanted)),
      agrees: written.status_id === undefined || issue.status.name === wanted,
    },
    { ...compare('note', note ?? '', ''), agrees: note === undefined || isNoted(issue, ticket) },
    ...numberCompared(settings, issue, ticket),
  ]
  return compared
    .filter(({ agrees }) => !agrees)
    .map(({ field, ours, theirs }) => ({ field, ours: oneLine(ours, 200), theirs: oneLine(theirs, 200) }))
}

function compare(field: string, ours: string, theirs: string): Difference & { readonly agrees: boolean } {
  return { field, ours, theirs, agrees: ours === theirs }
}

/** Redmine 5 tells where its workflow lets us go: whoever reads the difference learns where to look. */
function statusShown({ status, allowed_statuses: allowed }: Issue, wanted: string): string {
  if (!allowed || allowed.some(({ name }) => name === wanted)) return status.name
  return `${status.name} (workflow allows: ${allowed.map(({ name }) => name).join(', ')})`
}

function numberCompared(
  settings: RedmineSettings,
  issue: Issue,
  { id }: ForwardedTicket,
): readonly (Difference & { readonly agrees: boolean })[] {
  if (settings.customField === undefined) return []
  const value = numberField(settings, issue)?.value
  return [compare(`custom field ${settings.customField}`, id, typeof value === 'string' ? value : '')]
}

function numberField(
  { customField }: RedmineSettings,
  issue: Issue,
): Issue['custom_fields'][number] | undefined {
  return issue.custom_fields.find(({ id, name }) => customField === id || customField === name)
}
