import type { TicketEvent } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'

/** Tickets as they are in a ledger, and the change that is measured: somebody urges, one event and the ticket. */

export interface Urged {
  readonly ticket: Ticket
  readonly event: TicketEvent
}

const opened = Date.parse('2026-11-18T09:00:00+08:00')

export function makeTicket(at: number): Ticket {
  return {
    id: ticketId(at),
    state: 'dispatched',
    group: `g-${at % 300}`,
    reporter: `p-${at % 4000}`,
    supporters: [`p-${(at * 7) % 4000}`, `p-${(at * 13) % 4000}`],
    category: 'facilities',
    urgency: 'normal',
    place: { building: `${(at % 40) + 1}`, unit: `${(at % 4) + 1}` },
    text: `${(at % 40) + 1}号楼${(at % 4) + 1}单元的电梯又坏了，门关不上，困住老人两回了，从上周三到现在没人来修`,
    photos: [{ name: 'lift.jpg', file: `2026/11/${at}.jpg` }],
    department: '物业/住建',
    openedAt: opened + at * 1000,
    deadline: opened + at * 1000 + 259_200_000,
    yellowAt: opened + at * 1000 + 172_800_000,
    ...{ urges: 0, reopenings: 0, escalation: 0, head: 'a'.repeat(64) },
    messages: [`bench/m-${at}`, `bench/m-${at}-photo`],
    lastEventAt: opened + at * 1000,
    sequence: 2,
  }
}

export function urge(before: Ticket): Urged {
  const sequence = before.sequence + 1
  const at = before.lastEventAt + 60_000
  return {
    ticket: { ...before, urges: before.urges + 1, lastEventAt: at, sequence },
    event: {
      type: 'urged',
      ...{ id: `${before.id}:${sequence}`, ticket: before.id, sequence, at },
      ...{ by: before.reporter, messages: [`bench/urge-${before.id}-${sequence}`] },
      ...{ hash: 'b'.repeat(64), seal: 'c'.repeat(64), salt: 'd'.repeat(32) },
    },
  }
}

export function ticketId(at: number): string {
  return `20261118-${String(at).padStart(6, '0')}`
}

/** Which ticket the nth change is about: all over the ledger. */
export function targetOf(change: number, tickets: number): number {
  return (change * 7919) % tickets
}
