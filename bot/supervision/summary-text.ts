import { saidNumber } from '../../tickets/number.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { isRecurring, weightOf } from '../../tickets/supervision.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { departmentWord, whatOf } from '../describe.ts'
import type { House } from '../house.ts'
import { type SummaryItem, type SummarySection, summarySections } from './summary-section.ts'

/**
 * One person's summary: short lines, one screen, what to do at the end. The most pressing come first; what does not
 * fit is counted.
 * @param items of this person; a ticket that stands there several times is told once, for its most pressing reason
 */
export function summaryText(house: House, items: readonly SummaryItem[], at: number): string {
  const { texts, supervision } = house
  const sections = sectionsOf(house, items)
  const parts = [texts.summaryHead({ at: plainDateTime(at) })]
  const shown: SummarySection[] = []
  let room = supervision.summaries.most
  for (const { section, tickets } of sections) {
    if (room === 0) break
    const lines = tickets.slice(0, room).map((ticket) => lineOf(house, ticket))
    room -= lines.length
    shown.push(section)
    parts.push(heading(house, section)({ count: tickets.length, lines: lines.join('\n') }))
  }
  const total = sections.reduce((sum, { tickets }) => sum + tickets.length, 0)
  if (total > supervision.summaries.most)
    parts.push(texts.summaryMore({ count: total - supervision.summaries.most }))
  parts.push(...whatToDo(house, sections, shown))
  return parts.join('\n')
}

interface Section {
  readonly section: SummarySection
  readonly tickets: readonly Ticket[]
}

function sectionsOf(house: House, items: readonly SummaryItem[]): readonly Section[] {
  const told = new Set<string>()
  const { weight } = house.supervision
  return summarySections.flatMap((section) => {
    const theirs = items.filter((item) => item.section === section && !told.has(item.ticket.id))
    const tickets = [...new Map(theirs.map(({ ticket }) => [ticket.id, ticket])).values()]
    for (const { id } of tickets) told.add(id)
    const pressing = tickets.toSorted(
      (one, other) => weightOf(other, weight) - weightOf(one, weight) || one.deadline - other.deadline,
    )
    return pressing.length > 0 ? [{ section, tickets: pressing }] : []
  })
}

function lineOf(house: House, ticket: Ticket): string {
  const { texts, supervision } = house
  const again = isRecurring(ticket, supervision) ? texts.summaryRecurring() : ''
  const households = ticket.supporters.length + 1
  const together = households > 1 ? texts.summaryTogether({ count: households }) : ''
  return texts.summaryLine({
    ...{
      number: saidNumber(ticket.id),
      what: whatOf(house, ticket),
      department: departmentWord(house.texts, ticket),
    },
    ...{ deadline: plainDateTime(ticket.deadline), marks: again + together },
  })
}

function heading({ texts }: House, section: SummarySection) {
  const headings = {
    waiting: texts.summaryWaiting,
    approve: texts.summaryApprove,
    whistle: texts.summaryWhistle,
    missing: texts.summaryMissing,
    red: texts.summaryRed,
    yellow: texts.summaryYellow,
    new: texts.summaryNew,
  }
  return headings[section]
}

/** One sentence for each kind of answer, with a number that stands above. */
function whatToDo(
  { texts }: House,
  sections: readonly Section[],
  shown: readonly SummarySection[],
): readonly string[] {
  const first = (wanted: readonly SummarySection[]) => {
    const section = sections.find((each) => wanted.includes(each.section) && shown.includes(each.section))
    const ticket = section?.tickets[0]
    return ticket && saidNumber(ticket.id)
  }
  const approve = first(['approve'])
  const whistle = first(['whistle'])
  const work = first(['red', 'yellow', 'new'])
  return [
    ...(first(['waiting']) ? [texts.lightSeen()] : []),
    ...(approve ? [texts.summaryAskApproval({ number: approve })] : []),
    ...(whistle ? [texts.summaryAskReport({ number: whistle })] : []),
    ...(first(['missing']) ? [texts.summaryAskMissing()] : []),
    ...(work ? [texts.summaryAskWork({ number: work })] : []),
  ]
}
