import {
  type ForwardedTicket,
  type RemoteReference,
  TicketSystemError,
} from '../../../bot/ports/ticket-system.ts'
import { createdAnswer, type Issue, issueAnswer, issuesAnswer } from './answers.ts'
import { type IssueChange, isIssueOf } from './changes.ts'
import { type Connection, parseAnswer } from './connection.ts'
import type { RedmineSettings } from './options.ts'
import { theirStatus } from './states.ts'
import type { Vocabulary } from './vocabulary.ts'
import { descriptionOf, dueDateOf, startDateOf, subjectOf } from './wanted.ts'

/** The few things that are asked of a Redmine: find, read, create and change an issue. */

export interface Redmine {
  readonly settings: RedmineSettings
  readonly connection: Connection
  /** Read once; read again after a refusal or a difference, which may come of a name that was changed. */
  vocabulary: Vocabulary | undefined
  /** How often in a row a ticket broke their server. */
  readonly broke: Map<string, number>
}

/** @returns false when somebody else saved at the same moment, the first time. @throws TicketSystemError */
export async function isWritten(
  { settings, connection, broke }: Redmine,
  id: number,
  ticket: ForwardedTicket,
  change: IssueChange,
  attempt: number,
): Promise<boolean> {
  const sent = await connection.send('PUT', `/issues/${id}.json`, { issue: change })
  if (sent.outcome === 'taken') return true
  if (sent.outcome === 'conflict' && attempt === 1) return false
  if (sent.outcome === 'broken') throw counted(broke, ticket, sent.error)
  throw new TicketSystemError(
    'busy',
    `${settings.name}: #${id} was changed or removed by somebody else while it was written`,
  )
}

function counted(
  broke: Redmine['broke'],
  { id }: ForwardedTicket,
  error: TicketSystemError,
): TicketSystemError {
  broke.set(id, (broke.get(id) ?? 0) + 1)
  return error
}

/** @returns its id. @throws TicketSystemError */
export async function create(
  { settings, connection, broke }: Redmine,
  { tracker, statuses, priorities, field }: Vocabulary,
  ticket: ForwardedTicket,
): Promise<number> {
  const priority = priorities.get(settings.priorityByUrgency?.[ticket.urgency] ?? '')
  const status = statuses.get(theirStatus(settings, ticket.state))
  const path = `/projects/${settings.project}/issues.json`
  const issue = {
    tracker_id: tracker,
    subject: subjectOf(ticket),
    description: descriptionOf(ticket, undefined),
    // a start after the due date is refused, and it would be today
    start_date: startDateOf(ticket),
    due_date: dueDateOf(ticket),
    ...(status !== undefined && { status_id: status }),
    ...(priority !== undefined && { priority_id: priority }),
    ...(field !== undefined && { custom_fields: [{ id: field, value: ticket.id }] }),
  }
  const sent = await connection.send('POST', path, { issue })
  if (sent.outcome === 'taken') return parseAnswer(settings.name, path, sent.text, createdAnswer).issue.id
  if (sent.outcome === 'gone') throw noProject(settings)
  if (sent.outcome === 'broken') throw counted(broke, ticket, sent.error)
  throw new TicketSystemError('refused', `${settings.name} refused ${ticket.id} without a reason`)
}

/**
 * Ids of the issues with our number in this project, closed ones too, the oldest first. A field that is no filter is
 * ignored and all issues come, so each is looked at. The subject finds those whose field is empty; what was made just
 * now has it in both, so one of them will do (`quick`).
 */
export async function find(
  { settings, connection }: Redmine,
  { field }: Vocabulary,
  number: string,
  { quick = false } = {},
): Promise<readonly number[]> {
  const byField = field === undefined ? [] : [{ [`cf_${field}`]: number }]
  const filters = [...byField, { subject: `~${number}` }].slice(0, quick ? 1 : 2)
  const found = new Set<number>()
  for (const filter of filters) {
    const query = new URLSearchParams({
      project_id: settings.project,
      ...{ status_id: '*', sort: 'id:asc', limit: '100' },
      ...filter,
    })
    const answer = await connection.get(`/issues.json?${query}`, issuesAnswer)
    if (!answer) throw noProject(settings)
    for (const issue of answer.issues) if (isIssueOf(settings, issue, number)) found.add(issue.id)
  }
  return [...found].sort((one, other) => one - other)
}

function noProject({ name, project }: RedmineSettings): TicketSystemError {
  return new TicketSystemError(
    'refused',
    `${name}: there is no project '${project}' at this url that the account may see. Correct the settings, or make it a member`,
  )
}

/** @returns undefined when it is not there (any more). @throws TicketSystemError */
export async function read(
  { settings, connection }: Pick<Redmine, 'settings' | 'connection'>,
  { id }: RemoteReference,
): Promise<Issue | undefined> {
  if (!/^[1-9]\d{0,15}$/u.test(id))
    throw new TicketSystemError(
      'refused',
      `${settings.name}: expected the number of an issue, but '${id}' came`,
    )
  return (await connection.get(`/issues/${id}.json?include=journals,allowed_statuses`, issueAnswer))?.issue
}

/** @throws TicketSystemError */
export async function readBack(redmine: Redmine, id: number): Promise<Issue> {
  const issue = await read(redmine, { id: String(id) })
  if (issue) return issue
  throw new TicketSystemError('busy', `${redmine.settings.name}: #${id} was removed while it was written`)
}
