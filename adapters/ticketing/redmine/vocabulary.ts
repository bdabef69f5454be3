import { TicketSystemError } from '../../../bot/ports/ticket-system.ts'
import {
  customFieldsAnswer,
  issuesAnswer,
  prioritiesAnswer,
  projectAnswer,
  statusesAnswer,
  trackersAnswer,
} from './answers.ts'
import type { Connection } from './connection.ts'
import type { RedmineSettings } from './options.ts'

/** Names to ids: Redmine takes ids only, and says nothing about one that it does not know. */
export interface Vocabulary {
  readonly tracker: number
  readonly statuses: ReadonlyMap<string, number>
  readonly priorities: ReadonlyMap<string, number>
  /** Id of the field with our number; undefined when there is none, or none could be found yet. */
  readonly field: number | undefined
}

type Entry = { readonly id: number; readonly name: string }

/** @throws TicketSystemError refused, naming what Redmine does not have and what it has */
export async function readVocabulary(settings: RedmineSettings, connection: Connection): Promise<Vocabulary> {
  const { name } = settings
  const statuses = (await connection.get('/issue_statuses.json', statusesAnswer))?.issue_statuses ?? []
  for (const [ours, theirs] of Object.entries(settings.statuses))
    if (theirs !== undefined) idOf(name, `statuses.${ours}`, theirs, statuses)
  return {
    statuses: byName(statuses),
    tracker: await trackerId(settings, connection),
    priorities: await prioritiesOf(settings, connection),
    field: await fieldId(settings, connection),
  }
}

async function trackerId({ name, tracker }: RedmineSettings, connection: Connection): Promise<number> {
  if (typeof tracker === 'number') return tracker
  const answer = await connection.get('/trackers.json', trackersAnswer)
  return idOf(name, 'tracker', tracker, answer?.trackers ?? [])
}

async function prioritiesOf(
  { name, priorityByUrgency }: RedmineSettings,
  connection: Connection,
): Promise<ReadonlyMap<string, number>> {
  if (priorityByUrgency === undefined) return new Map()
  const answer = await connection.get('/enumerations/issue_priorities.json', prioritiesAnswer)
  const priorities = answer?.issue_priorities ?? []
  for (const [urgency, theirs] of Object.entries(priorityByUrgency))
    if (theirs !== undefined) idOf(name, `priorityByUrgency.${urgency}`, theirs, priorities)
  return byName(priorities)
}

/**
 * Only administrators may list custom fields. Others see those that the project names, and those of an issue: of an
 * empty project nothing, then the first issue gets its number right after it was made.
 */
async function fieldId(
  { project, customField }: RedmineSettings,
  connection: Connection,
): Promise<number | undefined> {
  if (typeof customField !== 'string') return customField
  const isIt = ({ name }: Entry) => name === customField
  const listed = await listedFields(connection)
  if (listed) return listed.find(isIt)?.id
  const answer = await connection.get(`/projects/${project}.json?include=issue_custom_fields`, projectAnswer)
  const named = answer?.project.issue_custom_fields.find(isIt)
  if (named) return named.id
  const issues = await connection.get(
    `/issues.json?project_id=${project}&status_id=*&sort=id:desc&limit=1`,
    issuesAnswer,
  )
  return issues?.issues.flatMap((issue) => issue.custom_fields).find(isIt)?.id
}

async function listedFields(connection: Connection): Promise<readonly Entry[] | undefined> {
  try {
    const answer = await connection.get('/custom_fields.json', customFieldsAnswer)
    return answer?.custom_fields.filter((field) => field.customized_type === 'issue')
  } catch (error) {
    if (error instanceof TicketSystemError && error.code === 'authority') return undefined
    throw error
  }
}

function byName(entries: readonly Entry[]): ReadonlyMap<string, number> {
  return new Map(entries.map(({ id, name }) => [name, id]))
}

function idOf(system: string, setting: string, wanted: string, entries: readonly Entry[]): number {
  const found = entries.find(({ name }) => name === wanted)
  if (found) return found.id
  const known = entries.map(({ name }) => name).join(', ')
  throw new TicketSystemError(
    'refused',
    `${system}: it has nothing named '${wanted}' (${setting}); it has ${known === '' ? 'nothing there' : known}. Correct the settings`,
  )
}
