import { parseStaffCommand } from '../../intents/staff-commands.ts'
import { arrivedWord, type HurriedOrder, readHurried } from '../../intents/staff-words/hurried.ts'
import type { Pointer } from '../../intents/staff-words/pointers.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { type ListShown, listStillShown } from './list-shown.ts'
import { pointedAt } from './point-at.ts'
import { isCalled, isTicketOrder, readOrder } from './read-order.ts'
import { whichOfThem } from './ticket-lines.ts'
import { ticketsInSight } from './tickets-in-sight.ts'

/** What was typed in a hurry: orders as the strict words have them, one for each ticket, or what is said instead. */
export type Meant = { readonly orders: readonly string[] } | { readonly outcome: Outcome }

/** Undefined: it is no order, whatever its words. */
export async function hurriedOrders(situation: Situation): Promise<Meant | undefined> {
  const said = readHurried(situation.text)
  if (!said) return undefined
  if (said.word === arrivedWord) return arrival(situation, said)
  const fitting = await candidates(situation, said)
  if (said.pointers.length > 0) return byPointers(situation, said, fitting)
  if (said.about !== '') return byWords(situation, said, fitting)
  return { orders: [orderWords(said)] }
}

/** 002 and 第二个 say more than the strict words see: 办结 002 换了灯. */
export function pointsLoosely(text: string): boolean {
  return readHurried(text)?.pointers.some((pointer) => !('number' in pointer)) ?? false
}

function orderWords({ word, rest }: Pick<HurriedOrder, 'word' | 'rest'>): string {
  return `${word} ${rest}`.trim()
}

/** 到了 is 报到 for whoever was called, and has not come; else somebody is only chatting. */
async function arrival(situation: Situation, { pointers }: HurriedOrder): Promise<Meant | undefined> {
  const { person } = situation
  const waiting = (await ticketsInSight(situation)).filter((ticket) => isCalled(ticket, person))
  if (waiting.length === 0) return undefined
  const numbers = pointers.flatMap((pointer) => ('number' in pointer ? [pointer.number] : []))
  return { orders: numbers.length > 0 ? numbers.map((number) => `报到 ${number}`) : ['报到'] }
}

interface Candidates {
  /** Open, and theirs to see. */
  readonly inSight: readonly Ticket[]
  /** Of these, those for which the order would be lawful. */
  readonly lawful: readonly Ticket[]
}

async function candidates(situation: Situation, said: HurriedOrder): Promise<Candidates> {
  const inSight = await ticketsInSight(situation)
  const command = parseStaffCommand(orderWords(said), [said.rest])?.command
  if (!command || !isTicketOrder(command)) return { inSight, lawful: inSight }
  const order = readOrder(command, [], situation.house)
  const lawful = inSight.filter(
    (ticket) => isAllowed(ticket.state, order.change) && order.fits(ticket, situation.person),
  )
  return { inSight, lawful }
}

function byPointers(situation: Situation, said: HurriedOrder, fitting: Candidates): Meant | undefined {
  const { house, memory, now, text } = situation
  const list = listStillShown(memory?.lastList, now)
  // a number alone is an answer only right after a list
  if (said.word === '' && !list && said.pointers.some(isItem))
    return /^\d+$/u.test(text.trim()) ? undefined : { outcome: reply(situation, house.texts.staffNoTicket()) }
  const orders: string[] = []
  for (const pointer of said.pointers) {
    const line = list && isItem(pointer) ? list.tickets[pointer.item - 1] : undefined
    if (list && isItem(pointer) && line === undefined)
      return { outcome: reply(situation, house.texts.staffNoSuchLine({ count: list.tickets.length })) }
    const found = line === undefined ? numbered(pointer, fitting, now) : [line]
    if (found.length > 1) return which(situation, said, fitting, found)
    orders.push(`${found[0]} ${orderFor(said, line === undefined ? undefined : list)}`.trim())
  }
  return { orders }
}

/** 第二个 after a question which one is meant: the order that waits. */
function orderFor(said: HurriedOrder, list: ListShown | undefined): string {
  return said.word === '' ? (list?.order ?? '') : orderWords(said)
}

function isItem(pointer: Pointer): pointer is Pointer & { readonly item: number } {
  return 'item' in pointer
}

/** 02 is that of today, or else the only one that ends so; what nobody has is looked for as one of today. */
function numbered(pointer: Pointer, { inSight, lawful }: Candidates, now: number): readonly string[] {
  if ('number' in pointer) return [pointer.number]
  const ending = 'item' in pointer ? String(pointer.item).padStart(3, '0') : pointer.ending
  const endsSo = ({ id }: Ticket) => id.endsWith(`-${ending}`)
  const lawfulOnes = lawful.filter(endsSo)
  const found = (lawfulOnes.length > 0 ? lawfulOnes : inSight.filter(endsSo)).map(({ id }) => id)
  const today = `${localDate(now).replaceAll('-', '')}-${ending}`
  return found.includes(today) || found.length === 0 ? [today] : found
}

function which(
  situation: Situation,
  said: HurriedOrder,
  { inSight }: Candidates,
  ids: readonly string[],
): Meant {
  const tickets = inSight.filter(({ id }) => ids.includes(id))
  return { outcome: whichOfThem(situation, tickets, orderWords(said)) }
}

function byWords(situation: Situation, said: HurriedOrder, fitting: Candidates): Meant | undefined {
  const found = pointedAt(situation.house, said.about, fitting.lawful)
  if (found === undefined) return undefined
  if (found.length > 1) return { outcome: whichOfThem(situation, found, orderWords(said)) }
  const [ticket] = found
  if (ticket) return { orders: [`${ticket.id} ${orderWords(said)}`] }
  // 水管修好了 may also be somebody's own good news
  const meant = said.sure || /[那这]|的$/u.test(said.about)
  return meant ? { outcome: reply(situation, situation.house.texts.staffNoTicket()) } : undefined
}
