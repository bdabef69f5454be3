import type { Instant } from '../../bot/ports/chat.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { day, hour, minute } from '../../tickets/shanghai-time.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import type { Neighbourhood } from './district.ts'
import { about, awake, type Life, plan, say, ticketNow } from './life.ts'

/** Residents report, join in, urge, take back, rate or keep silent, try what is not theirs, and chat. */

const urgentShare = 2
const privateShare = 4

/** Somebody reports something now. */
export async function report(life: Life): Promise<void> {
  const { chance, sentences, district } = life
  const group = chance.one(district.groups)
  const who = chance.one(group.residents)
  const category = chance.one(Object.values(sentences.reports))
  const pattern = chance.percent(urgentShare) ? chance.one(sentences.emergencies) : chance.one(category)
  const text = filled(life, pattern)
  const photo = chance.percent(10) ? { photo: `report-${Math.floor(chance.between(1, 1e6))}.jpg` } : {}
  const id = await say(life, chance.percent(privateShare) ? undefined : group, { who, text, ...photo })
  if (!chance.percent(1)) return
  plan(life, life.stage.clock.now + chance.between(3, 120) * 1_000, () => life.stage.recall(id))
}

/** Most name the place; some leave it out and are asked. */
function filled({ chance, sentences }: Life, pattern: string): string {
  const place = chance.percent(92) ? aPlace(chance) : ''
  return pattern.replaceAll('{place}', place).replaceAll('{spot}', chance.one(sentences.spots))
}

function aPlace(chance: Life['chance']): string {
  const building = 1 + Math.floor(chance.between(0, 18))
  const unit = 1 + Math.floor(chance.between(0, 4))
  return chance.percent(70) ? `${building}号楼${unit}单元` : `${building}号楼`
}

/** Somebody says something that is no ticket. */
export async function chat(life: Life): Promise<void> {
  const { chance, sentences, district } = life
  const group = chance.one(district.groups)
  const words = chance.percent(60) ? sentences.chatter : sentences.questions
  await say(life, group, { who: chance.one(group.residents), text: chance.one(words) })
}

/** What residents do because of what happened to a ticket. */
export function residentsHear(life: Life, event: TicketEvent, ticket: Ticket): void {
  const reporter = life.names.get(ticket.reporter)
  const group = life.district.groupById(ticket.group)
  if (reporter === undefined) return
  const resident: Resident = { life, ticket, reporter, group }
  switch (event.type) {
    case 'opened':
      afterOpening(resident, event.at)
      break
    case 'done':
      afterDone(resident, event.at)
      break
    case 'closed':
    case 'declined':
      afterClosing(resident, event.at)
      break
    default:
      break
  }
}

interface Resident {
  readonly life: Life
  readonly ticket: Ticket
  readonly reporter: string
  readonly group: Neighbourhood | undefined
}

async function sayOf({ life, group }: Resident, who: string, text: string, photo?: string): Promise<void> {
  await say(life, group, { who, text, ...(photo !== undefined && { photo }) })
}

function afterOpening(resident: Resident, at: Instant): void {
  const { life, ticket, reporter, group } = resident
  const { chance, sentences } = life
  const later = (delay: number, act: () => Promise<void>) => plan(life, at + delay, act)
  if (group && chance.percent(22)) {
    const neighbour = chance.one(group.residents.filter((each) => each !== reporter))
    later(chance.between(30_000, 4 * minute), () => sayOf(resident, neighbour, chance.one(sentences.support)))
  }
  if (ticket.place === null && chance.percent(70))
    later(chance.between(30_000, 20 * minute), () => sayOf(resident, reporter, aPlace(chance)))
  if (chance.percent(8))
    later(chance.between(20_000, 2 * minute), () => sayOf(resident, reporter, '', 'more.jpg'))
  if (chance.percent(14))
    plan(life, awake(life, at + chance.between(4, 60) * hour), () => urge(resident, sentences.urge))
  if (chance.percent(8))
    plan(life, awake(life, at + chance.between(1, 60) * hour), () => urge(resident, sentences.progress))
  if (chance.percent(3))
    plan(life, awake(life, at + chance.between(1, 30) * hour), () =>
      sayOf(resident, reporter, about(life, sentences.withdraw, ticket)),
    )
  if (chance.percent(4)) plan(life, awake(life, at + chance.between(1, 90) * hour), () => trespass(resident))
}

async function urge(resident: Resident, words: readonly string[]): Promise<void> {
  const { life, ticket, reporter } = resident
  const now = await ticketNow(life, ticket.id)
  if (now && isOpen(now)) await sayOf(resident, reporter, about(life, words, ticket))
}

/** Somebody who has no part in it, sometimes in another group. */
async function trespass({ life, ticket, group }: Resident): Promise<void> {
  const { chance, district, sentences } = life
  const where = group && chance.percent(50) ? group : chance.one(district.groups)
  const strangers = where.residents.filter((each) => !ticket.reporter.includes(each))
  await say(life, where, { who: chance.one(strangers), text: about(life, sentences.trespass, ticket) })
}

/** Asked whether they are satisfied: most say so, some do not, a third keep silent. */
function afterDone(resident: Resident, at: Instant): void {
  const { life, ticket, reporter } = resident
  const { chance, sentences } = life
  const [supporter] = ticket.supporters.map((id) => life.names.get(id))
  if (supporter !== undefined && chance.percent(20))
    plan(life, awake(life, at + chance.between(0.05, 30) * hour), () =>
      sayOf(
        resident,
        supporter,
        about(life, chance.percent(70) ? sentences.satisfied : sentences.unsatisfied, ticket),
      ),
    )
  if (chance.percent(33)) return
  const words = chance.percent(82) ? sentences.satisfied : sentences.unsatisfied
  plan(life, awake(life, at + chance.between(0.05, 30) * hour), async () => {
    const now = await ticketNow(life, ticket.id)
    if (now?.state === 'done') await sayOf(resident, reporter, about(life, words, ticket))
  })
}

function afterClosing(resident: Resident, at: Instant): void {
  const { life, ticket, reporter } = resident
  if (!life.chance.percent(ticket.state === 'declined' ? 40 : 3)) return
  plan(life, awake(life, at + life.chance.between(0.2, 6) * day), () =>
    sayOf(resident, reporter, about(life, life.sentences.comeback, ticket)),
  )
}
