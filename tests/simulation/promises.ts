import type { TicketEvent } from '../../tickets/event.ts'
import { applyEvent } from '../../tickets/fold.ts'
import { saidNumber } from '../../tickets/number.ts'
import { isOpen, isRunning, type Ticket } from '../../tickets/ticket.ts'
import { everything } from './everything.ts'
import { historiesOf } from './lawful.ts'
import type { Lived } from './month.ts'
import { endOfWorkingDay, workedBy } from './naive-time.ts'

/** Was every promise kept, or reported to somebody higher? One sentence for each that was not. */
export async function brokenPromises(lived: Lived): Promise<readonly string[]> {
  const sayings = sayingsByNumber(lived)
  const broken: string[] = []
  for (const [id, events] of await historiesOf(lived)) {
    const story = { id, spans: spansOf(events, lived.ends), said: sayings.get(saidNumber(id)) ?? [], lived }
    for (const promise of promises) for (const fault of promise(story)) broken.push(`${id}: ${fault}`)
  }
  return [...broken, ...(await leftBehind(lived)), ...toldAfterLeaving(lived)]
}

/** From one event to the next: the ticket as it was meanwhile. */
interface Span {
  readonly event: TicketEvent
  readonly ticket: Ticket
  readonly from: number
  readonly to: number
}

interface Story {
  readonly id: string
  readonly spans: readonly Span[]
  /** What was sent about it: when, and the words. */
  readonly said: readonly { readonly at: number; readonly text: string }[]
  readonly lived: Lived
}

const minute = 60_000
const workingDay = 9 * 3_600_000

function spansOf(events: readonly TicketEvent[], ends: number): readonly Span[] {
  let ticket: Ticket | undefined
  return events.map((event, index) => {
    ticket = applyEvent(ticket, event)
    return { event, ticket, from: event.at, to: events[index + 1]?.at ?? ends }
  })
}

function sayingsByNumber({ stage }: Lived) {
  const sayings = new Map<string, { at: number; text: string }[]>()
  for (const { at, text } of stage.chat.sent)
    for (const number of new Set(text.match(/\d{4}-\d{3,4}/gu)))
      sayings.set(number, [...(sayings.get(number) ?? []), { at, text }])
  return sayings
}

type Promised = (story: Story) => readonly string[]

function happened({ spans }: Story, type: TicketEvent['type'], from: number, to: number): boolean {
  return spans.some(({ event }) => event.type === type && event.at >= from && event.at <= to)
}

/** Past its deadline while work is to be done on it: reported within a minute, and higher as long as nobody answers. */
const overdue: Promised = (story) =>
  lateTimes(story).flatMap(({ from, to, ticket }) => {
    if (to - from <= minute) return []
    if (!happened(story, 'escalated', from - 1, from + minute))
      return [`due ${said(from)}, nobody above was told of it`]
    const quiet = ['supervised', 'reassigned', 'returned'] as const
    if (quiet.some((type) => happened(story, type, from, to))) return []
    const steps = Math.min(3, 1 + Math.floor((workedBy(to - minute) - workedBy(from)) / workingDay))
    const level = ticket.escalation
    return level >= steps
      ? []
      : [`red for ${steps - 1} working days up to ${said(to)}, reported to level ${level} only`]
  })

function lateTimes({ spans }: Story): readonly { from: number; to: number; ticket: Ticket }[] {
  const late: { from: number; to: number; ticket: Ticket }[] = []
  for (const { ticket, from, to } of spans) {
    const start = Math.max(from, ticket.deadline + 1)
    if (!isRunning(ticket) || start >= to) continue
    const before = late.at(-1)
    if (before && before.to === start) late[late.length - 1] = { from: before.from, to, ticket }
    else late.push({ from: start, to, ticket })
  }
  return late
}

/** Work that was reported as done: whoever waited was asked, and it was closed or reopened in time. */
const followedUp: Promised = (story) =>
  story.spans.flatMap(({ event, ticket, from }, index) => {
    if (event.type !== 'done') return []
    const faults: string[] = []
    const asked = story.said.some(({ at, text }) => at >= from && /满意/u.test(text))
    const morning = from + 10 * 3_600_000
    if (!asked && !ticket.reporter.startsWith('system/') && morning < story.lived.ends)
      faults.push(`done at ${said(from)}, and nobody was asked`)
    const due = endOfWorkingDay(from, story.lived.stage.house.desk.followUp.workingDays) + minute
    const end = story.spans.slice(index + 1).find((span) => span.ticket.state !== 'done')
    if ((end?.from ?? story.lived.ends) > due && due < story.lived.ends)
      faults.push(`done at ${said(from)}, and neither closed nor reopened by ${said(due)}`)
    return faults
  })

/** Closed by the word of whoever reported, or with the remark that nobody answered, and not before the time. */
const closedRightly: Promised = (story) =>
  story.spans.flatMap(({ event, ticket, from }) => {
    if (event.type !== 'closed') return []
    const rated = story.spans.some(
      (span) => span.event.type === 'rated' && span.from === from && span.event.satisfied,
    )
    if (rated) return []
    const { workingDays } = story.lived.stage.house.desk.followUp
    const waited = from >= endOfWorkingDay(ticket.doneAt ?? Number.NaN, workingDays)
    const alone = ticket.supporters.length === 0
    const machine = alone && ticket.reporter.startsWith('system/') && /报警|没有可以回访/u.test(event.remark)
    const done = story.spans.findLast((span) => span.event.type === 'done' && span.from <= from)
    const own = alone && done?.event.by === ticket.reporter && event.remark.includes('自己')
    if (machine || own || (waited && event.remark.includes('没有回复'))) return []
    return [`closed at ${said(from)} with the remark ${event.remark}, which nobody gave reason for`]
  })

/** On hold until a day: it goes on then, unless it ended or went on before. */
const wentOn: Promised = (story) =>
  story.spans.flatMap(({ event, from }, index) => {
    if (event.type !== 'on_hold') return []
    const next = story.spans.slice(index + 1).find((span) => span.ticket.state !== 'on_hold')
    const over = event.until + minute
    if (over >= story.lived.ends || (next && next.from <= over)) return []
    return [`on hold from ${said(from)} until ${said(event.until)}, and still so after that`]
  })

/** Each department that was called came, or an admin was told that it did not. */
const came: Promised = (story) => {
  const last = story.spans.findLast(({ event }) => event.type === 'whistled')
  const due = last?.ticket.whistle?.dueAt
  if (due === undefined || due + minute >= story.lived.ends) return []
  const then = story.spans.findLast(({ from }) => from <= due + minute)?.ticket
  const ended = story.spans.some(
    ({ event, from }) =>
      from >= (last?.from ?? 0) && from <= due && ['done', 'declined', 'withdrawn'].includes(event.type),
  )
  const missing = then?.whistle?.departments.filter(({ reportedAt }) => reportedAt === undefined) ?? []
  if (ended || missing.length === 0 || happened(story, 'escalated', due, due + minute)) return []
  return [
    `${missing.map(({ department }) => department).join()} did not come by ${said(due)}, nobody was told`,
  ]
}

/** An emergency: somebody says that they have it, or it goes higher after 2, 5 and 10 minutes. */
const heard: Promised = (story) => {
  const first = story.spans.find(({ ticket }) => ticket.urgency === 'emergency')
  if (!first) return []
  return [2, 5, 10].flatMap((minutes) => {
    const at = first.from + minutes * minute
    const answered = story.spans.some(
      ({ event, ticket, from }) => from <= at && (event.type === 'acknowledged' || !isOpen(ticket)),
    )
    if (answered || at + minute >= story.lived.ends || happened(story, 'escalated', at, at + minute))
      return []
    return [`an emergency, nobody answered for ${minutes} minutes, and it was not reported higher`]
  })
}

/** Whoever is told no hears why. */
const toldWhy: Promised = (story) =>
  story.spans.flatMap(({ event, from }) => {
    if (event.type !== 'declined' || from + 10 * 3_600_000 >= story.lived.ends) return []
    const told = story.said.some(({ at, text }) => at >= from && text.includes(event.reason))
    return told ? [] : [`declined at ${said(from)}, and nobody was told why`]
  })

/** Whoever reports is told the number at once; where the bot keeps silent, the reason is on record. */
const welcomed: Promised = ({ spans, said: words, lived }) => {
  const [first] = spans
  if (!first || first.ticket.urgency === 'emergency' || first.event.by.startsWith('system/')) return []
  if (words.some(({ at }) => at >= first.from && at <= first.from + 2 * minute)) return []
  const [line = ''] = first.event.messages
  const quiet = lived.stage.happenings.some((each) => each.type === 'silence' && each.lines.includes(line))
  return quiet || first.from + 2 * minute >= lived.ends
    ? []
    : ['opened without a word to whoever reported it']
}

const promises: readonly Promised[] = [
  welcomed,
  overdue,
  followedUp,
  closedRightly,
  wentOn,
  came,
  heard,
  toldWhy,
]

/** Nothing that was due is left lying: no timer, nothing to send, nothing that could not be sent. */
async function leftBehind({ stage, ends }: Lived): Promise<readonly string[]> {
  const timers = (await everything(stage.store, 'timers')).filter(({ dueAt }) => dueAt < ends - minute)
  const unsent = (await everything(stage.store, 'outbox')).filter(
    ({ state, dueAt }) => state === 'failed' || (state === 'queued' && dueAt < ends - 10 * minute),
  )
  return [
    ...timers.map(({ id, dueAt }) => `the timer ${id} was due at ${said(dueAt)}`),
    ...unsent.map(({ id, state, text }) => `${id} is ${state}: ${text}`),
    ...stage.happenings.flatMap((each) =>
      each.type === 'trouble' || each.type === 'undeliverable' ? [`${each.type}: ${each.text}`] : [],
    ),
  ]
}

/** Words for staff (they begin with 【) to somebody who is staff no more. */
function toldAfterLeaving({ stage, left }: Lived): readonly string[] {
  const contacts = new Map([...left].map(([id, at]) => [id.replace(/^p-/u, 'c-'), at]))
  return stage.chat.sent.flatMap(({ at, to, text }) => {
    const since = 'contact' in to ? contacts.get(to.contact) : undefined
    const forStaff = since !== undefined && at > since + minute && text.startsWith('【')
    return forStaff ? [`${said(at)}, to somebody who left on ${said(since)}: ${text}`] : []
  })
}

function said(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
}
