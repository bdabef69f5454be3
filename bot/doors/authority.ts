import type { Role } from '../documents.ts'
import { atLeast } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import { type Actor, type Command, RefusedError } from './command.ts'
import type { QueryRequest } from './query.ts'

/** Who may ask for what: the least role, from the roster by id, never from words. */
const leastRole: Readonly<Record<Command['type'] | QueryRequest['type'], Role>> = {
  'ticket.acknowledge': 'grid_worker',
  'ticket.done': 'grid_worker',
  'group.set': 'grid_worker',
  'group.quiz': 'grid_worker',
  'group.bind': 'admin',
  'roster.add': 'admin',
  'roster.remove': 'admin',
  'place.add': 'admin',
  'person.erase': 'admin',
  'question.answer': 'grid_worker',
  'question.revise': 'grid_worker',
  'question.withdraw': 'grid_worker',
  'question.dismiss': 'grid_worker',
  'correction.add': 'grid_worker',
  'correction.withdraw': 'grid_worker',
  tickets: 'grid_worker',
  ticket: 'grid_worker',
  roster: 'admin',
  groups: 'admin',
  places: 'grid_worker',
  questions: 'grid_worker',
  corrections: 'grid_worker',
  'person.export': 'admin',
  status: 'admin',
}

/** @throws RefusedError */
export async function assertMay(reading: Reading, actor: Actor, type: keyof typeof leastRole): Promise<void> {
  if (actor.kind === 'operator') return
  const person = await reading.get('people', actor.id)
  if (person && atLeast(person, leastRole[type])) return
  throw new RefusedError(
    'authority',
    `${type} needs the role ${leastRole[type]} or higher; this person has ${person?.role ?? 'none'}`,
  )
}
