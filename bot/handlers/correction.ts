import type { StaffCommand } from '../../intents/staff-commands.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Correction, CorrectionOf } from '../documents.ts'
import { RefusedError } from '../doors/command.ts'
import { audited, type CommandResult } from '../doors/execute.ts'
import { readCorrection } from '../learning/read-correction.ts'
import { both, type Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketByNumber } from '../tickets-of.ts'

/** 纠正: staff say what a message was. With a number its ticket is meant, with words those, else the last answer here. */
export async function correct(
  situation: Situation,
  { number, words }: StaffCommand & { command: 'correct' },
): Promise<Outcome> {
  const { house, reading, cause, person, group } = situation
  const read = readCorrection(words, house.categories)
  if (!read) return reply(situation, house.texts.correctionHelp({ categories: categoryNames(situation) }))
  const ticket = number === undefined ? undefined : await ticketByNumber(reading, number, situation.now)
  if (number !== undefined && !ticket) return reply(situation, house.texts.ticketUnknown())
  const meant = ticket ? { ticket: ticket.id } : read.text === undefined && group ? { group: group.id } : {}
  const command = { type: 'correction.add', ...meant, ...read } as const
  try {
    const actor = { kind: 'person', id: person.id } as const
    const { outcome, result } = await audited(house, reading, actor, `chat/${cause.id}`, command)
    return both(outcome, reply(situation, answerOf(situation, outcome, result)))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const { texts } = house
    return reply(situation, error.code === 'authority' ? texts.staffOnly() : texts.correctionWhich())
  }
}

function answerOf(
  { house, group }: Situation,
  { puts = [] }: Outcome,
  { ticket, question }: CommandResult,
): string {
  if (typeof question === 'string') return house.texts.correctionAnswerWrong({ question })
  const kept = puts.find(({ collection }) => collection === 'corrections')?.document as Correction
  const words = { text: shortened(kept.text), right: rightWords(house, kept.right) }
  // a group reads along: the number of the ticket says enough
  return group && typeof ticket === 'string'
    ? house.texts.correctionKeptOfTicket({ number: saidNumber(ticket), right: words.right })
    : house.texts.correctionKept(words)
}

function rightWords({ categories }: Situation['house'], right: CorrectionOf): string {
  if (right.place !== undefined) return right.place
  if (right.category) return categories[right.category].name
  return kindNames[right.intent ?? 'chatter']
}

const kindNames = {
  chatter: '闲聊，不用回',
  complaint: '要登记的事',
  policy: '政策咨询',
  garbage: '垃圾分类',
  quiz: '答题',
  ticket: '问单子',
} as const

const longestQuote = 20

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/gu, ' ')
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain
}

function categoryNames({ house }: Situation): string {
  return Object.values(house.categories)
    .map(({ name }) => name)
    .join('、')
}
