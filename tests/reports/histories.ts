import { categories, type Place, urgencies } from '../../intents/understanding.ts'
import { genesis, seal } from '../../tickets/chain.ts'
import type { TicketEvent, TicketFact, UnsealedEvent } from '../../tickets/event.ts'
import { applyEvent } from '../../tickets/fold.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { ticketNumber } from '../../tickets/number.ts'
import { hour } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'

/** Whole lives of tickets, made of lawful events; the choices come in, so that a failure can be shrunk and seen. */
export interface Life {
  readonly ticket: Ticket
  readonly events: readonly TicketEvent[]
}

export interface LifePlan {
  readonly openedAt: number
  /** Of that day. */
  readonly number: number
  readonly group: string | null
  readonly place?: Place | null
  readonly text?: string
  readonly reporter?: string
  /** Each picks one of what is lawful then, and so many hours later. */
  readonly steps: readonly { readonly choice: number; readonly hours: number }[]
  readonly category: number
  readonly urgency: number
  /** Hours from opening to the deadline. */
  readonly due: number
}

type Step = (life: { readonly ticket: Ticket; readonly at: number }) => {
  readonly by: string
  readonly fact: TicketFact
}

const bot = (fact: TicketFact) => ({ by: 'bot', fact })
const worker = (fact: TicketFact) => ({ by: 'p-worker', fact })

const possible: Readonly<Record<string, Step>> = {
  acknowledged: () => worker({ type: 'acknowledged' }),
  handling: () => worker({ type: 'handling' }),
  done: () => worker({ type: 'done', note: '已更换灯管' }),
  ratedWell: () => ({ by: 'p-resident', fact: { type: 'rated', satisfied: true } }),
  ratedBadly: () => ({ by: 'p-resident', fact: { type: 'rated', satisfied: false } }),
  closed: () => bot({ type: 'closed', remark: '满意' }),
  reopened: ({ at }) => bot({ type: 'reopened', deadline: at + 24 * hour, yellowAt: at + 16 * hour }),
  declined: () => ({ by: 'operator', fact: { type: 'declined', reason: '不归这里管' } }),
  withdrawn: () => ({ by: 'p-resident', fact: { type: 'withdrawn' } }),
  escalated: () => bot({ type: 'escalated', to: 'p-leader', reason: '超时' }),
  recurred: () => bot({ type: 'recurred', earlier: '20260101-001' }),
  on_hold: ({ ticket, at }) =>
    worker({
      type: 'on_hold',
      reason: '等配件',
      until: at + 48 * hour,
      left: ticket.deadline - at,
      leftToYellow: ticket.yellowAt - at,
    }),
  resumed: ({ at }) => worker({ type: 'resumed', deadline: at + 20 * hour, yellowAt: at + 10 * hour }),
  urged: () => ({ by: 'p-resident', fact: { type: 'urged' } }),
}

export function lifeOf(plan: LifePlan): Life {
  const id = ticketNumber(plan.openedAt, plan.number)
  const events: TicketEvent[] = []
  let ticket: Ticket | undefined
  let at = plan.openedAt
  const happen = (by: string, fact: TicketFact) => {
    const sequence = events.length + 1
    const unsealed: UnsealedEvent = {
      ...fact,
      id: `${id}:${sequence}`,
      ticket: id,
      sequence,
      at,
      by,
      messages: [],
    }
    const event = seal(unsealed, ticket?.head ?? genesis, `salt-${id}-${sequence}`)
    events.push(event)
    ticket = applyEvent(ticket, event)
  }
  const deadline = at + plan.due * hour
  happen(plan.reporter ?? 'p-resident', {
    ...{
      type: 'opened',
      group: plan.group,
      category: categories[plan.category % categories.length] ?? 'other',
    },
    ...{ urgency: urgencies[plan.urgency % urgencies.length] ?? 'normal', place: plan.place ?? null },
    ...{ text: plan.text ?? '楼道灯不亮', photos: [], department: '物业' },
    ...{ deadline, yellowAt: at + (plan.due * hour * 2) / 3 },
  })
  happen('bot', { type: 'dispatched', department: '物业' })
  for (const { choice, hours } of plan.steps) {
    const before = ticket as unknown as Ticket
    at += hours * hour
    const lawful = Object.values(possible)
      .map((step) => step({ ticket: before, at }))
      .filter(({ fact }) => isAllowed(before.state, fact.type))
    const next = lawful[choice % lawful.length]
    if (next) happen(next.by, next.fact)
  }
  return { ticket: ticket as unknown as Ticket, events }
}
