import type { Instant } from '../../bot/ports/chat.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { saidNumber } from '../../tickets/number.ts'
import { addDays, day, hour, localDate, minute } from '../../tickets/shanghai-time.ts'
import { isOpen, isRunning, ownerOf, type Ticket } from '../../tickets/ticket.ts'
import type { Staff } from './district.ts'
import { atWork, type Life, plan, say, ticketNow } from './life.ts'
import { staffErr } from './staff-errors.ts'

/**
 * Staff do everything by chat: they take tickets and forget them, work, ask for more time, put on hold, pass on,
 * send back, decline, whistle; admins decide; departments come, or do not. Now and then they err.
 */

/** What staff do because of what happened to a ticket. */
export function staffHear(life: Life, event: TicketEvent, ticket: Ticket): void {
  switch (event.type) {
    case 'dispatched':
    case 'reassigned':
    case 'returned':
    case 'reopened':
      if (isRunning(ticket)) takeSooner(life, ticket, event.at)
      break
    case 'handling':
    case 'resumed':
    case 'extended':
    case 'extension_refused':
      if (isRunning(ticket)) workOn(life, ticket, event.at)
      break
    case 'escalated':
      if (isRunning(ticket)) lookAfter(life, ticket, event.at)
      break
    case 'extension_asked':
      decideExtension(life, ticket, event.at)
      break
    case 'on_hold':
      resumeEarlier(life, ticket, event.at)
      break
    case 'whistled':
      comeToHelp(life, ticket, event.at)
      break
    default:
      break
  }
}

/** Whoever has it, or should have taken it; else somebody of the place. */
export function handOf({ district }: Life, ticket: Ticket): Staff | undefined {
  const owner = district.staffById(ownerOf(ticket) ?? '')
  return owner ?? workerOf(district, ticket)
}

function workerOf(district: Life['district'], ticket: Ticket): Staff | undefined {
  const grid = district.groupById(ticket.group)?.grid
  const workers = district.staff.filter(({ role }) => role === 'grid_worker')
  return workers.find(({ places }) => grid !== undefined && places.includes(grid)) ?? workers[0]
}

/** Says a command: by phone to the bot, or in the group with #. Sometimes something wrong first. */
export async function order(life: Life, staff: Staff, ticket: Ticket, words: string, photo?: string) {
  if (life.chance.percent(5)) await staffErr(life, staff, ticket)
  const group = life.district.groupById(ticket.group)
  const openly = group !== undefined && life.chance.percent(25)
  const where = openly ? group : undefined
  if (photo !== undefined) await say(life, where, { who: staff.name, text: '', photo })
  await say(life, where, { who: staff.name, text: `${openly ? '#' : ''}${words}` })
}

/** `{number}` becomes the number as said. */
export function numbered(words: string, ticket: Pick<Ticket, 'id'>): string {
  return words.replaceAll('{number}', saidNumber(ticket.id))
}

/** Does it at a time of work, when the ticket is still as it should be for it. */
function whenAtWork(
  life: Life,
  ticket: Ticket,
  at: Instant,
  act: (now: Ticket, hand: Staff) => Promise<void>,
) {
  const due = ticket.urgency === 'emergency' ? at : atWork(life, at)
  plan(life, due, async () => {
    const now = await ticketNow(life, ticket.id)
    const hand = now && handOf(life, now)
    if (now && hand) await act(now, hand)
  })
}

/** One in eight is forgotten until somebody asks. */
function takeSooner(life: Life, ticket: Ticket, at: Instant): void {
  const { chance } = life
  if (chance.percent(12)) return
  const delay =
    ticket.urgency === 'emergency' ? chance.between(1, 14) * minute : chance.between(0.1, 7) * hour
  volunteer(life, ticket, at)
  whenAtWork(life, ticket, at + delay, async (now, hand) => {
    if (now.state === 'dispatched') await order(life, hand, now, numbered('接单 {number}', now))
  })
}

/** 小事不出栋: what is small is sometimes taken by a building leader first. */
function volunteer(life: Life, ticket: Ticket, at: Instant): void {
  const { chance, district } = life
  const grid = district.groupById(ticket.group)?.grid
  const helper = district.staff.find(
    ({ role, places }) => role === 'building_leader' && places.includes(grid ?? ''),
  )
  if (!helper || !['sanitation', 'pets'].includes(ticket.category) || chance.percent(50)) return
  plan(life, at + chance.between(2, 50) * minute, () =>
    order(life, helper, ticket, numbered('接单 {number}', ticket)),
  )
}

/** Done most of the time; else one of the other ways. */
function workOn(life: Life, ticket: Ticket, at: Instant): void {
  const { chance } = life
  if (chance.percent(7)) return
  const days = life.stage.house.categories[ticket.category].workingDays
  const delay =
    ticket.urgency === 'emergency' ? chance.between(0.3, 3) * hour : chance.between(0.05, 1.3) * days * day
  whenAtWork(life, ticket, at + delay, async (now, hand) => {
    if (!isRunning(now)) return
    if (chance.percent(78)) await finish(life, now, hand)
    else await otherwise(life, now, hand)
  })
}

async function finish(life: Life, ticket: Ticket, hand: Staff): Promise<void> {
  const { chance, sentences } = life
  const words = numbered(`办结 {number} ${chance.one(sentences.notes)}`, ticket)
  if (chance.percent(15)) await order(life, hand, ticket, numbered('办结 {number}', ticket))
  await order(life, hand, ticket, words, chance.percent(40) ? 'done.jpg' : undefined)
  // where a photo was asked for, most send one
  if (chance.percent(15)) return
  plan(life, life.stage.clock.now + chance.between(1, 20) * minute, async () => {
    const now = await ticketNow(life, ticket.id)
    if (now && isRunning(now)) await order(life, hand, now, words, 'done.jpg')
  })
}

async function otherwise(life: Life, ticket: Ticket, hand: Staff): Promise<void> {
  const { chance, sentences, stage } = life
  const reason = chance.one(sentences.reasons)
  const until = addDays(localDate(stage.clock.now), 1 + Math.floor(chance.between(0, 9)))
  const [, month, dayOfMonth] = until.split('-').map(Number)
  const departments = departmentsOf(life)
  const ways = [
    `延期 {number} ${1 + Math.floor(chance.between(0, 4))}天 ${reason}`,
    `延期 {number} ${1 + Math.floor(chance.between(0, 4))}天 ${reason}`,
    `挂起 {number} ${reason} 到${month}月${dayOfMonth}日`,
    `挂起 {number} ${reason} 到${month}月${dayOfMonth}日`,
    `转${chance.one(departments)} {number} 不归我们管`,
    `退回 {number} 不是我们的范围`,
    `吹哨 ${chance.one(departments)} ${chance.one(departments)} {number}`,
    `不受理 {number} 重复反映，不在受理范围`,
  ]
  await order(life, hand, ticket, numbered(chance.one(ways), ticket))
  // whatever came of it, somebody goes on with it
  plan(life, atWork(life, stage.clock.now + chance.between(6, 40) * hour), async () => {
    const now = await ticketNow(life, ticket.id)
    const next = now && handOf(life, now)
    if (now && next && isRunning(now) && !now.extension) await finish(life, now, next)
  })
}

function departmentsOf({ district }: Life): readonly string[] {
  return district.staff.flatMap(({ department }) => (department === undefined ? [] : [department]))
}

/** It has been reported higher: some say that they have seen it, and most of the time somebody wakes up. */
function lookAfter(life: Life, ticket: Ticket, at: Instant): void {
  const { chance } = life
  const above = ticket.escalation <= 1 ? leaderOf(life, ticket) : adminOf(life)
  if (above && chance.percent(45))
    plan(life, atWork(life, at + chance.between(0.1, 6) * hour), async () => {
      await say(life, undefined, {
        who: above.name,
        text: numbered(chance.one(['收到', '收到 {number}']), ticket),
      })
    })
  if (above?.role === 'grid_leader' && chance.percent(4))
    plan(life, atWork(life, at + chance.between(1, 9) * hour), () =>
      order(life, above, ticket, numbered('不受理 {number} 经核实不在受理范围', ticket)),
    )
  if (chance.percent(30)) return
  whenAtWork(life, ticket, at + chance.between(0.2, 5) * hour, async (now, hand) => {
    if (!isRunning(now)) return
    const group = life.district.groupById(now.group)
    if (group && chance.percent(20)) await say(life, group, { who: hand.name, text: '收到，马上处理' })
    else if (now.state === 'dispatched') await order(life, hand, now, numbered('接单 {number}', now))
    else await finish(life, now, hand)
  })
}

function leaderOf({ district }: Life, ticket: Ticket): Staff | undefined {
  const grid = district.groupById(ticket.group)?.grid
  const community = district.places.find(({ id }) => id === grid)?.parent
  return district.staff.find(({ role, places }) => role === 'grid_leader' && places.includes(community ?? ''))
}

function adminOf({ chance, district }: Life): Staff {
  return chance.one(district.staff.filter(({ role }) => role === 'admin'))
}

function decideExtension(life: Life, ticket: Ticket, at: Instant): void {
  const { chance } = life
  if (chance.percent(15)) return
  const admin = adminOf(life)
  const words = chance.percent(75) ? '同意 {number}' : '不同意 {number} 请抓紧办'
  plan(life, atWork(life, at + chance.between(0.2, 8) * hour), async () => {
    const now = await ticketNow(life, ticket.id)
    if (now?.extension) await order(life, admin, now, numbered(words, now))
  })
}

function resumeEarlier(life: Life, ticket: Ticket, at: Instant): void {
  if (!life.chance.percent(30)) return
  whenAtWork(life, ticket, at + life.chance.between(4, 60) * hour, async (now, hand) => {
    if (now.state === 'on_hold') await order(life, hand, now, numbered('恢复 {number}', now))
  })
}

function comeToHelp(life: Life, ticket: Ticket, at: Instant): void {
  const { chance, district } = life
  for (const { department } of ticket.whistle?.departments ?? []) {
    const people = district.staff.filter((each) => each.department === department)
    if (people.length === 0 || chance.percent(12)) continue
    const who = chance.one(people)
    const delay = chance.percent(75) ? chance.between(1, 28) : chance.between(31, 120)
    plan(life, at + delay * minute, async () => {
      const now = await ticketNow(life, ticket.id)
      if (now && isOpen(now)) await order(life, who, now, numbered('报到 {number}', now))
    })
  }
}
