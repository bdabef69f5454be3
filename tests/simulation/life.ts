import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Instant } from '../../bot/ports/chat.ts'
import { categories } from '../../intents/understanding.ts'
import { saidNumber } from '../../tickets/number.ts'
import { addDays, hour, instantOf, localDate, timeOfDay } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Stage } from '../bot/stage.ts'
import type { Agenda } from './agenda.ts'
import type { Chance } from './chance.ts'
import type { District, Neighbourhood } from './district.ts'

/** What everybody in the simulated district has in common: the clock, the dice, the words, and a mouth. */
export interface Life {
  readonly stage: Stage
  readonly district: District
  readonly chance: Chance
  readonly agenda: Agenda
  readonly sentences: Sentences
  /** Person id → the name by which the stage knows a resident. */
  readonly names: ReadonlyMap<string, string>
  /** Staff who have left the roster, and when. */
  readonly left: Map<string, Instant>
  /** Nothing is planned from here on. */
  readonly ends: Instant
}

const lines = z.array(z.string()).min(1)
const sentencesSchema = z.strictObject({
  reports: z.record(z.enum(categories).exclude(['other']), lines),
  ...{ emergencies: lines, chatter: lines, questions: lines, support: lines, urge: lines, progress: lines },
  ...{ withdraw: lines, satisfied: lines, unsatisfied: lines, comeback: lines, trespass: lines },
  ...{ notes: lines, reasons: lines, spots: lines },
})
export type Sentences = z.infer<typeof sentencesSchema>

export function readSentences(): Sentences {
  const file = new URL('sentences.yaml', import.meta.url)
  return sentencesSchema.parse(parse(readFileSync(file, 'utf8')))
}

/** Plans something; what lies behind the end of the simulation is left out. */
export function plan(life: Life, at: Instant, act: () => Promise<void>): void {
  if (at < life.ends) life.agenda.add(at, act)
}

export interface Words {
  readonly who: string
  readonly text: string
  readonly photo?: string
}

/** Some messages come twice, as messengers deliver them. @returns the id of the message */
export async function say(life: Life, group: Neighbourhood | undefined, { who, text, photo }: Words) {
  const { stage, chance } = life
  const where = { group: group?.name ?? '', ...(photo && { photo }) }
  const id = await stage.say(who, text, where)
  if (chance.percent(1))
    plan(life, stage.clock.now + chance.between(1, 600) * 1_000, async () => {
      await stage.say(who, text, { ...where, id })
    })
  return id
}

export function ticketNow(life: Life, id: string): Promise<Ticket | undefined> {
  return life.stage.store.get<Ticket & { version: number }>('tickets', id)
}

/** A sentence about this ticket. */
export function about(life: Life, texts: readonly string[], ticket: Pick<Ticket, 'id'>): string {
  return life.chance.one(texts).replaceAll('{number}', saidNumber(ticket.id))
}

/** When people are awake: what would be said at night is said in the morning. */
export function awake(life: Life, at: Instant): Instant {
  const time = timeOfDay(at)
  if (time >= 7 * hour && time < 22.5 * hour) return at
  const morning = instantOf(localDate(at), life.chance.between(7, 9) * hour)
  return morning > at ? morning : instantOf(addDays(localDate(at), 1), life.chance.between(7, 9) * hour)
}

/** When staff are at work. */
export function atWork(life: Life, at: Instant): Instant {
  const { calendar } = life.stage.house
  const time = timeOfDay(at)
  if (calendar.isWorkingDay(localDate(at)) && time >= 8.6 * hour && time < 17.9 * hour) return at
  let date = time < 8.6 * hour ? localDate(at) : addDays(localDate(at), 1)
  while (!calendar.isWorkingDay(date)) date = addDays(date, 1)
  return instantOf(date, life.chance.between(8.6, 10) * hour)
}
