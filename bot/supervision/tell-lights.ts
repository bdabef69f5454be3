import { lightOf } from '../../tickets/deadline.ts'
import { saidNumber } from '../../tickets/number.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { departmentWord, lightWord, whatOf } from '../describe.ts'
import type { Role } from '../documents.ts'
import type { House } from '../house.ts'
import type { Send } from '../outcome.ts'

/** A light that cannot wait for the next summary, or need not. */
export interface LightNews {
  readonly ticket: Ticket
  /** The instant at which it turned. */
  readonly at: number
  /** Person ids: told so that they do something. */
  readonly owners: readonly string[]
  /** Person ids: told, and the ladder waits for their word. */
  readonly above: readonly string[]
  /** On record when there is nobody to tell. */
  readonly otherwise: Role
}

/** However many lights turn in one instant, each person gets one message. */
export function tellLights(house: House, news: readonly LightNews[]): readonly Send[] {
  const told = new Map<string, LightNews[]>()
  const sends: Send[] = []
  for (const each of news) {
    const people = new Set([...each.above, ...each.owners])
    for (const person of people) told.set(person, [...(told.get(person) ?? []), each])
    if (people.size === 0)
      sends.push({ kind: 'alert', to: { role: each.otherwise }, text: oneLight(house, each, true) })
  }
  for (const [person, theirs] of told) {
    const waits = theirs.some(({ above }) => above.includes(person))
    const [only] = theirs
    const text =
      theirs.length === 1 && only ? oneLight(house, only, waits) : `${severalLights(house, theirs, waits)}\n`
    const seen = waits ? house.texts.lightSeen() : ''
    sends.push({ kind: 'alert', to: { person }, text: `${text}${seen}`.trim() })
  }
  return sends
}

/** Whoever has it is asked to hurry; whoever it is reported to, to look after it. */
function oneLight(house: House, news: LightNews, reported: boolean): string {
  const words = wordsOf(house, news)
  if (lightOf(news.ticket, news.at) !== 'red') return house.texts.lightAlert(words)
  return reported ? house.texts.lightRedReported(words) : house.texts.lightRedAlert(words)
}

/** One screen; whoever wants all of them asks for the list. */
const mostLines = 10

function severalLights(house: House, news: readonly LightNews[], reported: boolean): string {
  const lines = news.slice(0, mostLines).map((each) => house.texts.staffTicketLine(wordsOf(house, each)))
  const more = news.length - lines.length
  if (more > 0) lines.push(house.texts.summaryMore({ count: more }))
  const words = { count: news.length, lines: lines.join('\n') }
  return reported ? house.texts.lightsReported(words) : house.texts.lightsAlert(words)
}

function wordsOf(house: House, { ticket, at }: LightNews) {
  return {
    ...{
      number: saidNumber(ticket.id),
      what: whatOf(house, ticket),
      department: departmentWord(house.texts, ticket),
    },
    ...{ light: lightWord(house.texts, ticket, at), deadline: plainDateTime(ticket.deadline) },
  }
}
