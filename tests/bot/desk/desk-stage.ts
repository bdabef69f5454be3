import type { TicketFactType } from '../../../tickets/event.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import { openStage, type Stage, type StageOptions } from '../stage.ts'

/** A community with everybody who works at the desk; the group is bound to it. A Wednesday, 09:00. */
export const worker = '赵强'
export const leader = '孙丽'
export const chief = '方敏'
export const lamp = '小区南门路灯不亮，黑漆漆的'
export const resident = '马叔'

export async function openDesk(options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage(options)
  await stage.put('places', { id: 'street', name: '幸福街道', kind: 'street', parent: null })
  await stage.put('places', { id: 'huaiyin', name: '槐荫社区', kind: 'community', parent: 'street' })
  await stage.put('places', { id: 'liulin', name: '柳林社区', kind: 'community', parent: 'street' })
  const here = { places: ['huaiyin'] }
  await stage.hire(worker, 'grid_worker', here)
  await stage.hire(leader, 'grid_leader', here)
  await stage.hire(chief, 'admin', { places: ['street'] })
  await stage.hire('林城', 'department', { department: '城管', places: ['street'] })
  await stage.hire('肖防', 'department', { department: '消防', places: ['street'] })
  await stage.hire('吴业', 'department', { department: '物业', places: ['street'] })
  await stage.hire('别处的人', 'grid_worker', { places: ['liulin'] })
  await stage.hear(resident, '大家早上好')
  const group = await stage.groupNamed()
  await stage.change('groups', group.id, here)
  return stage
}

/** A dark lamp at the south gate is reported: 1118-001. */
export async function openWithLamp(options: StageOptions = {}): Promise<Stage> {
  const stage = await openDesk(options)
  await stage.hear(resident, lamp)
  return stage
}

/** Says it to the bot in private; what came back to that person. */
export async function order(stage: Stage, name: string, text: string): Promise<string> {
  const before = stage.toldTo(name).length
  await stage.hear(name, text, { group: '' })
  return stage.toldTo(name).slice(before).join('\n')
}

export async function ticketNow(stage: Stage, id = '20261118-001'): Promise<Ticket> {
  const ticket = (await stage.all('tickets')).find((each) => each.id === id)
  if (!ticket) throw new Error(`no ticket ${id} on the stage`)
  return ticket
}

export function happened(stage: Stage, ...types: readonly TicketFactType[]): readonly object[] {
  return stage.events.filter(({ type }) => types.includes(type))
}

export async function until(stage: Stage, local: string): Promise<void> {
  await stage.runUntil(Date.parse(`${local.replace(' ', 'T')}+08:00`))
}
