import type { Role } from '../documents.ts'
import { atLeast } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import { type Actor, type Command, RefusedError } from './command.ts'
import type { QueryRequest } from './query.ts'

/** Who may ask for what: the least role, from the roster by id, never from words. */
export const leastRole: Readonly<Record<Command['type'] | QueryRequest['type'], Role>> = {
  'ticket.open': 'grid_worker',
  'ticket.erase': 'admin',
  // volunteers and building leaders may take what is small: see doors/tickets/scope.ts
  'ticket.acknowledge': 'volunteer',
  'ticket.done': 'volunteer',
  'ticket.return': 'volunteer',
  'ticket.reassign': 'grid_worker',
  'ticket.decline': 'grid_leader',
  'ticket.hold': 'grid_worker',
  'ticket.resume': 'grid_worker',
  'ticket.ask-extension': 'grid_worker',
  'ticket.extend': 'admin',
  'ticket.refuse-extension': 'admin',
  'ticket.whistle': 'grid_worker',
  'ticket.report-for-duty': 'department',
  'ticket.reopen': 'admin',
  /** Only systems say it: see forwarding/remote-status.ts. */
  'ticket.system-status': 'admin',
  'forward.retry': 'admin',
  'notice.write': 'grid_worker',
  'notice.revise': 'grid_worker',
  'notice.follow': 'grid_worker',
  'notice.submit': 'grid_worker',
  /** By whom exactly, tickets/notices.yaml says. */
  'notice.approve': 'grid_leader',
  'notice.refuse': 'grid_leader',
  'notice.discard': 'grid_worker',
  'notice.pause': 'grid_worker',
  'notice.resume': 'grid_worker',
  'notice.stop': 'grid_worker',
  'notice.settle': 'grid_worker',
  'notice.remind': 'grid_worker',
  'account.pause': 'admin',
  'account.resume': 'admin',
  notices: 'grid_worker',
  'notices.awaiting': 'grid_leader',
  notice: 'grid_worker',
  'notice.groups': 'grid_worker',
  'notice.receipts': 'grid_worker',
  'notice.targets': 'grid_worker',
  'notice.templates': 'grid_worker',
  accounts: 'admin',
  'group.set': 'grid_worker',
  'group.quiz': 'grid_worker',
  'group.owner': 'admin',
  'group.bind': 'admin',
  'roster.add': 'admin',
  'roster.remove': 'admin',
  'roster.set': 'admin',
  'roster.code': 'admin',
  'group.tag': 'admin',
  'group.rebind': 'admin',
  'match.confirm': 'grid_leader',
  'match.refuse': 'grid_leader',
  'grid.import': 'admin',
  'place.add': 'admin',
  'person.erase': 'admin',
  'question.answer': 'grid_worker',
  'question.revise': 'grid_worker',
  'question.withdraw': 'grid_worker',
  'question.dismiss': 'grid_worker',
  'correction.add': 'grid_worker',
  'correction.withdraw': 'grid_worker',
  'apikey.add': 'admin',
  'alarm.report': 'admin',
  'apikey.revoke': 'admin',
  tickets: 'grid_worker',
  ticket: 'grid_worker',
  roster: 'admin',
  groups: 'admin',
  places: 'grid_worker',
  grid: 'grid_worker',
  'grid.plan': 'admin',
  'grid.codes': 'admin',
  matches: 'grid_leader',
  questions: 'grid_worker',
  corrections: 'grid_worker',
  apikeys: 'admin',
  alarm: 'grid_worker',
  'ticket.summary': 'grid_worker',
  'person.export': 'admin',
  deliveries: 'admin',
  status: 'admin',
  duty: 'grid_worker',
  report: 'grid_worker',
  'ledger.rows': 'admin',
  'ledger.unmask': 'admin',
  'ticket.timeline': 'grid_worker',
  'ledger.verify': 'admin',
  'ledger.anchors': 'admin',
  'ledger.anchor': 'admin',
}

/**
 * What another system may ask for. Which of these a key is good for is looked at by the HTTP door (its scopes),
 * and whose ticket it may touch by the command itself.
 */
const ofSystems: ReadonlySet<keyof typeof leastRole> = new Set([
  'ticket.open',
  'ticket.acknowledge',
  'ticket.done',
  'ticket.system-status',
  'alarm.report',
  'alarm',
  'ticket.summary',
  'notice.write',
  'notice.revise',
  'notice.follow',
  'notice.submit',
  'notice.approve',
  'notice.refuse',
  'notices.awaiting',
  'notice.discard',
  'notice.pause',
  'notice.resume',
  'notice.stop',
  'notices',
  'notice',
  'notice.groups',
  'notice.receipts',
  'notice.targets',
  'notice.templates',
])

/** @throws RefusedError */
export async function assertMay(reading: Reading, actor: Actor, type: keyof typeof leastRole): Promise<void> {
  if (actor.kind === 'operator') return
  if (actor.kind === 'system') {
    if (ofSystems.has(type)) return
    throw new RefusedError('authority', `${type} is not for other systems`)
  }
  const person = await reading.get('people', actor.id)
  if (person && atLeast(person, leastRole[type])) return
  throw new RefusedError(
    'authority',
    `${type} needs the role ${leastRole[type]} or higher; this person has ${person?.role ?? 'none'}`,
  )
}
