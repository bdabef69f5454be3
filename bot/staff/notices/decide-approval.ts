import type { NoticeCommand } from '../../../intents/notice-commands.ts'
import { saidNumber } from '../../../tickets/number.ts'
import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import { assertMayApprove } from '../../doors/notices/whose-notice.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { atLeast } from '../../people/directory.ts'
import { reply, type Situation } from '../../situation.ts'
import { listStillShown } from '../list-shown.ts'
import { ticketsInSight } from '../tickets-in-sight.ts'
import { noReasonWords } from './answer-asked.ts'
import type { NoticeAsked } from './asked.ts'
import { atTheDoor } from './at-the-door.ts'
import { isAllowed } from './may.ts'
import { isAtOnce } from './state-words.ts'
import { inStates, whichNotice } from './which-notice.ts'

type Decision = NoticeCommand & { readonly order: { readonly order: 'approve' | 'refuse' } }

/**
 * 同意 and 不同意 are said of notices and of extensions of tickets. What is named is clear; else it is whatever waits for
 * this person, and they are asked when both do.
 */
export async function decideApproval(situation: Situation, command: Decision): Promise<Outcome | undefined> {
  const { order, sure } = command
  const waiting = await inStates(situation, ['awaiting'])
  if (order.notice !== undefined) return named(situation, command, order.notice)
  const mine = await waitingFor(situation)
  const tickets = sure ? [] : await withExtension(situation)
  const [first] = mine
  if (first === undefined) return nothingWaits(situation, command, waiting, tickets)
  if (tickets.length > 0) return askWhich(situation, first, tickets)
  return mine.length > 1 ? whichNotice(situation, mine, order) : carryOut(situation, order, first.id)
}

/** Those that this person may approve. */
export async function waitingFor(situation: Situation): Promise<readonly Notice[]> {
  const mine: Notice[] = []
  for (const notice of await inStates(situation, ['awaiting']))
    if (await mayApprove(situation, notice)) mine.push(notice)
  return mine
}

async function named(
  situation: Situation,
  { order, sure }: Decision,
  id: string,
): Promise<Outcome | undefined> {
  const notice = await situation.reading.get('notices', id)
  const tickets = sure ? [] : await withExtension(situation)
  if (!sure && notice?.state !== 'awaiting')
    return notice && tickets.length === 0 ? carryOut(situation, order, id) : undefined
  // 同意 3 after a list of tickets, 同意 12 while 1118-012 waits
  const mayBeTicket = tickets.filter((ticket) => isPointedAt(situation, ticket, Number(numberOf({ id }))))
  if (notice && mayBeTicket.length > 0) return askWhich(situation, notice, mayBeTicket)
  return carryOut(situation, order, id)
}

function isPointedAt({ memory, now }: Situation, ticket: Ticket, number: number): boolean {
  if (ticket.id.endsWith(`-${String(number).padStart(3, '0')}`)) return true
  return listStillShown(memory?.lastList, now)?.tickets[number - 1] === ticket.id
}

function mayApprove({ house, reading, person }: Situation, notice: Notice): Promise<boolean> {
  return isAllowed(assertMayApprove(house, reading, { kind: 'person', id: person.id }, notice))
}

/** Extensions that wait for whoever may grant them. */
async function withExtension(situation: Situation): Promise<readonly Ticket[]> {
  if (!atLeast(situation.person, 'admin')) return []
  return (await ticketsInSight(situation)).filter(({ extension }) => extension !== undefined)
}

/** Their own waits for somebody else; without any it was said of a ticket, or of nothing. */
function nothingWaits(
  situation: Situation,
  { order, sure }: Decision,
  waiting: readonly Notice[],
  tickets: readonly Ticket[],
): Promise<Outcome> | Outcome | undefined {
  const own = waiting.find(({ author }) => author === situation.person.id)
  if (own && tickets.length === 0) return carryOut(situation, order, own.id)
  return sure ? reply(situation, situation.house.texts.noticeNoneAwaiting()) : undefined
}

function askWhich(situation: Situation, notice: Notice, [ticket]: readonly Ticket[]): Outcome {
  const number = ticket ? saidNumber(ticket.id) : ''
  return reply(situation, situation.house.texts.noticeOrTicket({ number: numberOf(notice), ticket: number }))
}

async function carryOut(situation: Situation, order: Decision['order'], id: string): Promise<Outcome> {
  const { texts } = situation.house
  const number = numberOf({ id })
  const said = order.order === 'refuse' ? order.words.trim().slice(0, longestReason) : ''
  const reason = said === noReasonWords ? '' : said
  const notice = await situation.reading.get('notices', id)
  // whoever wrote it hears that first, whatever their role
  if (notice?.author === situation.person.id && notice.state === 'awaiting')
    return reply(situation, texts.noticeOwnApproval({ number }))
  if (order.order === 'refuse' && said === '' && notice?.state === 'awaiting') {
    const refusal = await whyNot(situation, notice)
    if (refusal) return refusal
  }
  const command = {
    ...{ type: order.order === 'approve' ? 'notice.approve' : 'notice.refuse', notice: id },
    ...(reason !== '' && { reason }),
  }
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  if (order.order === 'refuse')
    return both(both(done.outcome, reply(situation, texts.noticeRefusedByYou({ number }))), {
      memory: { noticeAsked: null },
    })
  const begins = Date.parse(String(done.result['beginsAt']))
  const time = isAtOnce(begins, situation.now) ? texts.noticeAtOnce() : plainDateTime(begins)
  return both(done.outcome, reply(situation, texts.noticeApprovedByYou({ number, time })))
}

/** Whoever wrote it must know what to change. Who may not decide it hears that from the door. */
async function whyNot(situation: Situation, notice: Notice): Promise<Outcome | undefined> {
  if (!(await mayApprove(situation, notice))) return undefined
  const noticeAsked: NoticeAsked = { asks: 'reason', notice: notice.id, at: situation.now }
  const text = situation.house.texts.noticeRefuseWhy({ number: numberOf(notice) })
  return both(reply(situation, text), { memory: { noticeAsked } })
}

const longestReason = 200
