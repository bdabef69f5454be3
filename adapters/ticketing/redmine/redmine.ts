import {
  type ForwardedTicket,
  type Forwarding,
  type RemoteReference,
  type RemoteStatus,
  type TicketSystem,
  TicketSystemError,
} from '../../../bot/ports/ticket-system.ts'
import type { Issue } from './answers.ts'
import { changesOf, differencesOf, type IssueChange, isIssueOf, isLeftAlone, isOurs } from './changes.ts'
import { connect, type Fetch } from './connection.ts'
import { create, find, isWritten, type Redmine, read, readBack } from './issues.ts'
import { type RedmineOptions, type RedmineSettings, readOptions } from './options.ts'
import { inThreeBytes, oneLine } from './plain-words.ts'
import { remoteState } from './states.ts'
import { readVocabulary, type Vocabulary } from './vocabulary.ts'
import { theirNoteOn } from './wanted.ts'

/**
 * Redmine over its REST interface. It has no idempotency key, answers 204 to what it ignored, and shows no version of
 * an issue: so our number stands in a field and in the subject and is looked for before every create, and every write
 * is read back.
 *
 * @param fetch the global one, or one that acts like it
 * @throws Error when the options are wrong
 */
export function createRedmine(options: RedmineOptions, fetch: Fetch): TicketSystem {
  const settings = readOptions(options)
  const connection = connect(settings, fetch)
  const redmine: Redmine = { settings, connection, vocabulary: undefined, broke: new Map() }
  const inTurn = oneAtATime()
  return {
    name: settings.name,
    forward: (ticket, remote) => inTurn(ticket.id, () => forwardStorable(redmine, ticket, remote)),
    fetch: async (remote) => {
      const issue = await read(redmine, remote)
      return issue && isOurs(settings, issue) ? statusOf(settings, issue) : undefined
    },
  }
}

async function forward(
  redmine: Redmine,
  ticket: ForwardedTicket,
  remote: RemoteReference | undefined,
): Promise<Forwarding> {
  try {
    const vocabulary = await vocabularyOf(redmine)
    const known = remote && (await read(redmine, remote))
    if (known && isIssueOf(redmine.settings, known, ticket.id))
      return await bring(redmine, vocabulary, known, ticket)
    const [found] = await find(redmine, vocabulary, ticket.id)
    if (found !== undefined) return await bring(redmine, vocabulary, await readBack(redmine, found), ticket)
    if (remote && isEnded(ticket)) throw lost(redmine.settings, ticket, remote)
    const created = await create(redmine, vocabulary, ticket)
    // one that was only slow, or another process, may have been quicker: all agree on the first
    const [first = created, ...copies] = await find(redmine, vocabulary, ticket.id, { quick: true })
    const forwarding = await bring(redmine, vocabulary, await readBack(redmine, first), ticket)
    if (copies.length === 0) return forwarding
    const theirs = [first, ...copies].map((id) => `#${id}`).join(' ')
    return {
      ...forwarding,
      differences: [...forwarding.differences, { field: 'issues', ours: `#${first}`, theirs }],
    }
  } catch (error) {
    redmine.vocabulary = undefined
    throw error
  }
}

/** Once may have been anything; what breaks their server twice is tried in simpler characters from then on. */
async function forwardStorable(
  redmine: Redmine,
  ticket: ForwardedTicket,
  remote: RemoteReference | undefined,
): Promise<Forwarding> {
  const { broke } = redmine
  if ((broke.get(ticket.id) ?? 0) >= 2) return forward(redmine, simpler(ticket), remote)
  const forwarding = await forward(redmine, ticket, remote)
  broke.delete(ticket.id)
  return forwarding
}

function simpler(ticket: ForwardedTicket): ForwardedTicket {
  const { title, text, place, note } = ticket
  return {
    ...{ ...ticket, title: inThreeBytes(title), text: inThreeBytes(text), place: inThreeBytes(place) },
    ...(note !== undefined && { note: inThreeBytes(note) }),
  }
}

function isEnded({ state }: ForwardedTicket): boolean {
  return state === 'closed' || state === 'declined' || state === 'withdrawn'
}

/** What is open here has to be there, and is made anew; what has ended is not worth it. */
function lost(
  { name }: RedmineSettings,
  ticket: ForwardedTicket,
  { id }: RemoteReference,
): TicketSystemError {
  return new TicketSystemError(
    'refused',
    `${name}: #${id} of ${ticket.id} is no longer there, and the ticket has ended: nothing was written`,
  )
}

async function vocabularyOf(redmine: Redmine): Promise<Vocabulary> {
  if (redmine.vocabulary) return redmine.vocabulary
  const vocabulary = await readVocabulary(redmine.settings, redmine.connection)
  // a field that could not be found in an empty project is there after the first issue
  const whole = vocabulary.field !== undefined || redmine.settings.customField === undefined
  if (whole) redmine.vocabulary = vocabulary
  return vocabulary
}

/** Makes the issue say what the ticket says, and tells what it says then. */
async function bring(
  redmine: Redmine,
  vocabulary: Vocabulary,
  before: Issue,
  ticket: ForwardedTicket,
): Promise<Forwarding> {
  const { settings } = redmine
  let issue = before
  let written: IssueChange = {}
  for (let attempt = 1; !isLeftAlone(settings, issue, ticket); attempt++) {
    written = changesOf(settings, vocabulary, issue, ticket)
    if (Object.keys(written).length === 0 || (await isWritten(redmine, issue.id, ticket, written, attempt)))
      break
    issue = await readBack(redmine, issue.id)
  }
  if (Object.keys(written).length > 0) issue = await readBack(redmine, issue.id)
  const differences = isLeftAlone(settings, issue, ticket)
    ? []
    : differencesOf(settings, issue, ticket, written)
  if (differences.length > 0) redmine.vocabulary = undefined
  return {
    remote: { id: String(issue.id), url: `${settings.url}/issues/${issue.id}` },
    status: statusOf(settings, issue),
    differences,
  }
}

function statusOf(settings: RedmineSettings, issue: Issue): RemoteStatus {
  const note = theirNoteOn(issue)
  const updatedAt = Date.parse(issue.updated_on ?? '')
  return {
    state: remoteState(settings, issue.status.name),
    said: issue.status.name,
    ...(note !== undefined && { note: oneLine(note, 2000) }),
    ...(Number.isFinite(updatedAt) && { updatedAt }),
  }
}

/** Two calls for one ticket at once would both look, both find nothing, and both create. */
function oneAtATime(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = Promise.allSettled([last.get(key)]).then(work)
    last.set(key, turn)
    return turn.finally(() => {
      if (last.get(key) === turn) last.delete(key)
    })
  }
}
