import { stillInside } from '../../intents/emergency-judge.ts'
import { isPrivateEmergency } from '../../intents/private-emergency.ts'
import type { EmergencyKind } from '../../intents/understanding.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { isRunning, type Ticket, takesPart } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { Situation } from '../situation.ts'
import { openTicketsOfGroup } from '../tickets-of.ts'

/** Which emergency, if any, a line is about that is not the first one. */

/** Several people shout about the same fire within this time. */
const sameEmergencyFor = 30 * 60_000

/** Each of these happens to one person: two who call, without the same place, call for two. */
const ofOneVictim: readonly EmergencyKind[] = ['medical', 'missing', 'despair']

/** What the lines of a report tell of; a report that only makes sense as a whole tells of one thing. */
export function kindsIn(house: House, text: string): readonly EmergencyKind[] {
  const kinds = text
    .split('\n')
    .map((line) => house.emergencyOf(line))
    .filter((kind) => kind !== undefined)
  if (kinds.length > 0) return kinds
  const { emergency } = house.understander.understand(text)
  return emergency ? [emergency] : []
}

/** The same kind, and a place that does not differ: 配电箱冒烟了 is no news of a brawl. */
export async function runningEmergency(
  situation: Situation,
  kind: EmergencyKind,
): Promise<Ticket | undefined> {
  const { house, person, text } = situation
  for (const ticket of await emergenciesHere(situation)) {
    const place = placeOf(situation, ticket)
    if (place === 'different') continue
    const own = takesPart(ticket, person.id)
    const kinds = kindsIn(house, ticket.text)
    // 救命 says nothing of its own, from whoever called already
    if (!kinds.includes(kind) && !(kind === 'unclear' && own)) continue
    const alone =
      ofOneVictim.includes(kind) || isPrivateEmergency(kind, text) || isPrivateEmergency(kind, ticket.text)
    if (own || place === 'same' || !alone) return ticket
  }
  return undefined
}

/** What news of an emergency speaks of; of one victim nobody else has news without saying where. */
const subjects: Partial<Readonly<Record<EmergencyKind, RegExp>>> = {
  fire: /火|烟|烧|焦|糊|呛/u,
  gas: /味|煤气|燃气|天然气|漏气|呛|头[晕昏疼]/u,
  electric: /电|火花|冒烟/u,
  drowning: /水|河|湖|捞|沉|漂/u,
  collapse: /塌|砸|埋|压|裂|倒/u,
  violence: /打|刀|砍|捅|血|喊|追/u,
  trapped: /电梯|困|卡|锁/u,
  falling: /跳|楼顶|天台|窗|栏杆/u,
}

/** For a line that is no emergency of its own: whoever called tells further; of others what is dangerous and fits. */
export async function emergencyWithNews(
  situation: Situation,
  { danger, further }: { readonly danger: boolean; readonly further: (ticket: Ticket) => boolean },
): Promise<Ticket | undefined> {
  const { person, text, house } = situation
  // a plain complaint is no reason to look through the group's tickets
  for (const ticket of await emergenciesHere(situation, { lastOnly: !danger })) {
    const place = placeOf(situation, ticket)
    if (place === 'different') continue
    if (takesPart(ticket, person.id)) {
      if (danger || further(ticket)) return ticket
    } else if (
      danger &&
      (place === 'same' || stillInside.test(text) || isOn(text, kindsIn(house, ticket.text)))
    )
      return ticket
  }
  return undefined
}

function isOn(text: string, kinds: readonly EmergencyKind[]): boolean {
  return kinds.some((kind) => subjects[kind]?.test(text) ?? false)
}

/** 我也闻到了, 4号楼也有味道: what drifts is smelled by many. */
const smeltToo =
  /也(?:能|都|一直|好像|是)?(?:闻[到见]|有(?:股|点|一股|很?大|好大|这)*.{0,4}[味烟]|冒烟|飘|呛|看[到见].{0,3}[烟火])/u
const drifting: readonly EmergencyKind[] = ['gas', 'fire']

export interface Echo {
  readonly ticket: Ticket
  readonly kind: EmergencyKind
  /** Somewhere else than the ticket says. */
  readonly elsewhere: boolean
}

/** The emergency that somebody smells, too. */
export async function echoOfEmergency(situation: Situation): Promise<Echo | undefined> {
  if (!smeltToo.test(situation.text)) return undefined
  return driftingHere(situation, await emergenciesHere(situation))
}

/** 又闻到了, 又有味道了: when it was thought to be over. */
const smeltAgain =
  /又(?:能|开始)?(?:闻[到见]了?|有(?:股|点|一股|很?大|好大|煤气|燃气|天然气)*.{0,2}[味烟]|冒烟|漏(?:气|煤气|燃气)|飘|来味|着(?:火|起来|了$)|烧起来)/u
/** A leak that was found and closed opens again within a day or so. */
const againWithin = 24 * 3_600_000

export async function emergencyAgain(situation: Situation): Promise<Echo | undefined> {
  if (!smeltAgain.test(situation.text)) return undefined
  return driftingHere(situation, await emergenciesHere(situation, { within: againWithin, ended: true }))
}

function driftingHere(situation: Situation, tickets: readonly Ticket[]): Echo | undefined {
  for (const ticket of tickets) {
    const kind = kindsIn(situation.house, ticket.text).find((each) => drifting.includes(each))
    if (!kind || !isOn(`${situation.text}味`, [kind])) continue
    return { ticket, kind, elsewhere: placeOf(situation, ticket) === 'different' }
  }
  return undefined
}

function placeOf({ understanding }: Situation, ticket: Ticket) {
  return comparePlaces(ticket.place, understanding.place ?? null)
}

interface Looking {
  /** ms */
  readonly within?: number
  /** Those that are done or closed as well. */
  readonly ended?: boolean
  /** Only what was reported last here, by the speaker or anybody. */
  readonly lastOnly?: boolean
}

/** The speaker's own first, then those of the group, newest first. */
export async function emergenciesHere(
  { reading, memory, groupState, group, now }: Situation,
  { within = sameEmergencyFor, ended = false, lastOnly = false }: Looking = {},
): Promise<readonly Ticket[]> {
  const last = [memory?.lastTicket, groupState?.lastTicket].filter((each) => each && now - each.at <= within)
  const known = await Promise.all(last.map((each) => reading.get('tickets', each?.ticket ?? '')))
  const ofGroup = group && !lastOnly ? await openTicketsOfGroup(reading, group.id) : []
  const ids = new Set<string>()
  return [...known, ...ofGroup.filter(({ openedAt }) => now - openedAt <= within)].filter((ticket) => {
    if (ticket?.urgency !== 'emergency' || ids.has(ticket.id)) return false
    ids.add(ticket.id)
    return ended ? ticket.state !== 'withdrawn' : isRunning(ticket) || ticket.state === 'on_hold'
  }) as readonly Ticket[]
}
