import type { Ticket } from '../../tickets/ticket.ts'
import { defaultGroup, openStage, type Stage, type StageOptions } from './stage.ts'

export const resident = '石女士'
export const worker = '网格员小赵'
export const lamp = '3号楼2单元楼道灯坏了'

/** Reported, done, and the question asked. */
export async function openAsked(options: StageOptions = {}, group = defaultGroup): Promise<Stage> {
  const stage = await openStage(options)
  await stage.hire(worker, 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hear(resident, lamp, { group })
  await stage.hear(worker, '办结 1118-001 换了灯泡', { group: '' })
  await stage.wait(60)
  return stage
}

export async function ticketNow(stage: Stage, id = '20261118-001'): Promise<Ticket> {
  const ticket = await stage.store.get<Ticket>('tickets', id)
  if (!ticket) throw new Error(`no ticket ${id} on the stage`)
  return ticket
}
