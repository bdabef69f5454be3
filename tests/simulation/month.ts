import { prepare } from '../../bot/live.ts'
import { shortHash } from '../../bot/people/directory.ts'
import type { Instant } from '../../bot/ports/chat.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { hour, instantOf, localDate } from '../../tickets/shanghai-time.ts'
import { instant, openStage, type Stage } from '../bot/stage.ts'
import { planAdministration } from './administration.ts'
import { Agenda } from './agenda.ts'
import { raiseAlarm } from './alarms.ts'
import { type Chance, chanceOf } from './chance.ts'
import { buildDistrict, type District, settle } from './district.ts'
import { type Life, readSentences } from './life.ts'
import { planNotices } from './notices.ts'
import { chat, report, residentsHear } from './residents.ts'
import { staffHear } from './staff.ts'

/** A district lives for some days: residents and staff in virtual time, through the whole bot. */
export interface Size {
  readonly groups: number
  readonly tickets: number
  /** The first day, and the day after the last: 2026-02-01. */
  readonly from: string
  readonly to: string
  readonly seed: number
}

export interface Lived {
  readonly stage: Stage
  readonly district: District
  readonly events: readonly TicketEvent[]
  /** Person id → name of a resident. */
  readonly names: ReadonlyMap<string, string>
  /** Staff who have left the roster, and when. */
  readonly left: ReadonlyMap<string, Instant>
  readonly ends: Instant
  /** The last day that was lived through. */
  readonly lastDay: string
}

export async function live(size: Size, tell: (line: string) => void = () => undefined): Promise<Lived> {
  const stage = await openStage({ start: `${size.from} 00:00` })
  const departments = Object.values(stage.house.categories).flatMap(({ department }) => department.split('/'))
  const district = buildDistrict(size.groups, [...new Set(departments)])
  await settle(stage, district)
  await prepare(stage.house)
  const ends = instant(`${size.to} 00:00`)
  const names = new Map(
    district.groups.flatMap(({ residents }) =>
      residents.map((name) => [`p-${shortHash(`${stage.chat.account}/c-${name}`)}`, name] as const),
    ),
  )
  const agenda = new Agenda()
  const chance = chanceOf(size.seed)
  const left = new Map<string, Instant>()
  const life: Life = { stage, district, chance, agenda, sentences: readSentences(), names, left, ends }
  const opened = { count: 0 }
  planAdministration(life, size.from)
  planNotices(life, size.from)
  planReports(life, size, opened)
  await run(life, opened, tell)
  return { stage, district, events: stage.events, names, left, ends, lastDay: localDate(ends - 1) }
}

/** More attempts than tickets, held back to the pace: some words join an earlier ticket, or are not understood. */
function planReports(life: Life, { tickets, from, to }: Size, opened: { readonly count: number }): void {
  const { chance, stage, agenda } = life
  const moments = momentsBetween(life, instant(`${from} 00:00`), instant(`${to} 00:00`), tickets * 2)
  moments.forEach((at, index) => {
    const share = Math.min(1, (index + 1) / (moments.length * 0.97))
    agenda.add(at, async () => {
      const wanted = opened.count < Math.ceil(tickets * share)
      if (wanted) await (chance.percent(4) ? raiseAlarm(life) : report(life))
      else if (chance.percent(60)) await chat(life)
    })
  })
  if (stage.clock.now > life.ends)
    throw new Error(`expected an end after the beginning, got ${from} to ${to}`)
}

/** Fewer on days off, mostly by day. */
function momentsBetween(life: Life, from: Instant, to: Instant, count: number): readonly Instant[] {
  const { chance, stage } = life
  const moments: Instant[] = []
  while (moments.length < count) {
    const date = localDate(chance.between(from, to))
    if (!stage.house.calendar.isWorkingDay(date) && chance.percent(45)) continue
    moments.push(instantOf(date, timeToSpeak(chance)))
  }
  return moments.sort((one, other) => one - other)
}

function timeToSpeak(chance: Chance): number {
  return Math.floor((chance.percent(90) ? chance.between(7, 22.5) : chance.between(0, 24)) * hour)
}

/** Whatever is due first happens first, at its own instant: what somebody has in mind, or the house. */
async function run(life: Life, opened: { count: number }, tell: (line: string) => void): Promise<void> {
  const { stage, agenda, ends } = life
  const { clock, happenings } = stage
  let heard = 0
  let told = localDate(clock.now)
  const hear = () => {
    for (; heard < happenings.length; heard++) {
      const happening = happenings[heard]
      if (happening?.type !== 'ticket') continue
      if (happening.event.type === 'opened') opened.count += 1
      residentsHear(life, happening.event, happening.ticket)
      staffHear(life, happening.event, happening.ticket)
    }
  }
  for (;;) {
    const planned = agenda.nextAt() ?? Number.POSITIVE_INFINITY
    const due = (await stage.engine.nextDue()) ?? Number.POSITIVE_INFINITY
    const next = Math.min(planned, due)
    if (next >= ends) break
    clock.now = Math.max(clock.now, next)
    if (localDate(clock.now) !== told) {
      told = localDate(clock.now)
      if (new Date(clock.now).getUTCDate() % 5 === 0) await stage.restart()
      tell(`${told}: ${opened.count} tickets, ${stage.chat.sent.length} sent`)
    }
    if (due <= planned) await stage.engine.runDue()
    else await agenda.take()?.act()
    hear()
  }
  clock.now = Math.max(clock.now, ends - 1)
}
