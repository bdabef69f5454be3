import { createOpen311System, type Open311Options } from '../../adapters/ticketing/open311/open311-system.ts'
import { open311Settings } from '../../adapters/ticketing/open311/settings.ts'
import type { ForwardedTicket, TicketSystem, TicketSystemError } from '../../bot/ports/ticket-system.ts'
import { instant } from '../bot/stage.ts'

/** A ticket of ours that goes to another server, and our client for it. */
export const ticket: ForwardedTicket = {
  ...{
    id: '20261118-001',
    sequence: 2,
    state: 'dispatched',
    stateName: '已派单',
    category: 'facilities',
    categoryName: '公共设施',
  },
  ...{
    urgency: 'normal',
    title: '11号楼1单元电梯问题',
    text: '电梯坏了，老人上不去 <急>&😀',
    place: '11号楼1单元',
  },
  ...{ department: '物业', openedAt: instant('2026-11-18 09:00'), deadline: instant('2026-11-23 18:00') },
}

export interface OpenedClient {
  readonly system: TicketSystem
  /** How long was waited, in order. */
  readonly slept: readonly number[]
}

export function openClient(
  settings: { readonly endpoint: string } & Readonly<Record<string, unknown>>,
  options: Partial<Pick<Open311Options, 'fetch' | 'now'>> = {},
): OpenedClient {
  const slept: number[] = []
  const services = { facilities: '17', conduct: 'conduct' }
  const system = createOpen311System({
    ...open311Settings.parse({ apiKey: 'their-key', services, address: '幸福街道槐荫社区', ...settings }),
    name: 'city',
    now: () => instant('2026-11-18 10:00'),
    sleep: async (ms) => {
      slept.push(ms)
    },
    ...options,
  })
  return { system, slept }
}

/** The error of something that has to fail. */
export async function failureOf(work: Promise<unknown>): Promise<TicketSystemError> {
  try {
    await work
  } catch (error) {
    return error as TicketSystemError
  }
  throw new Error('expected an error, but none came')
}
