import type { AlarmBinding } from '../../tickets/alarms.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Group } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome, Send } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'
import type { HeardAlarm } from './heard-alarm.ts'

/** The group of the place where it is; the settings name it by name or id. */
export async function groupOfAlarm(
  house: House,
  reading: Reading,
  { binding, source }: HeardAlarm,
): Promise<Group | undefined> {
  const { group: wanted } = binding
  if (wanted === undefined) return undefined
  const byId = await reading.get('groups', wanted)
  if (byId) return byId
  const { documents } = await reading.find('groups', { limit: 10_000 })
  const named = documents.filter(({ name }) => name === wanted)
  if (named.length === 1) return named[0]
  const many = named.length === 0 ? 'no group is' : `${named.length} groups are`
  const text = `an alarm of ${source} belongs to the group ${wanted}, but ${many} called so: correct alarms.yaml (linli group list)`
  house.observe({ type: 'trouble', at: house.now(), text })
  return undefined
}

/** One line in the group, where the settings ask for it, and the group is to hear of such matters at all. */
export function tellGroup(
  { tell }: Pick<AlarmBinding, 'tell'>,
  group: Group | undefined,
  ticket: Ticket,
  text: string,
): readonly Send[] {
  const wanted = tell && group !== undefined && group.setting !== 'listen'
  if (!wanted || isPrivateMatter(ticket)) return []
  const urgent = ticket.urgency === 'emergency'
  return [{ kind: 'reply', to: { group: group.id }, text, urgent, canWait: !urgent }]
}

/** 我家也是 right after it was told is about this ticket. */
export async function rememberedTicket(
  reading: Reading,
  told: readonly Send[],
  group: Group | undefined,
  ticket: Ticket,
): Promise<NonNullable<Outcome['puts']>> {
  if (told.length === 0 || !group) return []
  const before = await reading.get('groupStates', group.id)
  const lastTicket = { ticket: ticket.id, at: ticket.openedAt }
  return [{ collection: 'groupStates', document: { answered: [], ...before, id: group.id, lastTicket } }]
}
