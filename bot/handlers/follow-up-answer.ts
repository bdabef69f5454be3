import type { FollowUpAnswer } from '../../intents/understanding.ts'
import { findNumber } from '../../tickets/number.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import { type Asked, askedAt, hasAnswered, ticketsAskedAbout } from '../follow-up/asked-tickets.ts'
import { rate } from '../follow-up/rate.ts'
import { both, type Outcome } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { remembering, saidLately } from '../speak.ts'
import { ticketByNumber } from '../tickets-of.ts'
import { supportFrom } from './support.ts'
import { thingsAgree } from './ticket-talk.ts'

/**
 * The answer to 您看满意吗, in whatever words: 没拆，你们来看看, 蛮好 谢谢. Only from those who were asked, and only until
 * they have answered; what is doubtful is asked again, and closes nothing.
 */
export const followUpAnswer: Handler = async (situation) => {
  const { staff, addressed, understanding } = situation
  const answer = understanding.followUp
  if (!answer || (staff && !addressed)) return undefined
  const asked = await meant(situation, answer)
  const [first, ...others] = asked
  if (!first) return undefined
  if (others.length > 0) return whichOne(situation, asked)
  switch (answer.verdict) {
    case 'satisfied':
    case 'unsatisfied':
      return rateAsked(situation, first, answer.verdict === 'satisfied')
    case 'later':
      return once(situation, `later/${first.ticket.id}`, situation.house.texts.satisfiedLater())
    case 'doubtful':
      return once(situation, `doubtful/${first.ticket.id}`, situation.house.texts.satisfiedOrNot())
  }
}

/** Whoever was not asked themselves, and takes part all the same, is counted in by that. */
async function rateAsked(
  situation: Situation,
  { ticket, returned }: Asked,
  satisfied: boolean,
): Promise<Outcome> {
  const { person, group } = situation
  if (!returned) return rate(situation, ticket, satisfied)
  const joins = { ticket: ticket.id, by: person.id, fact: supportFrom(group?.id ?? null, ticket) }
  const joined = { ...ticket, supporters: [...ticket.supporters, person.id] }
  return both({ facts: [joins] }, await rate(situation, joined, satisfied))
}

/** Of the tickets they were asked about those that the words can mean: by number, by place and thing, by the time. */
async function meant(situation: Situation, answer: FollowUpAnswer): Promise<readonly Asked[]> {
  const { text, reading, now, understanding, house } = situation
  const asked = await ticketsAskedAbout(situation)
  if (asked.length === 0) return []
  if (findNumber(text)) {
    const named = await ticketByNumber(reading, text, now)
    return asked.filter(({ ticket }) => ticket.id === named?.id)
  }
  const still = asked.length === 1 && (await saysStill(situation, asked[0]))
  const fitting = asked.filter(
    ({ ticket }) =>
      comparePlaces(ticket.place, understanding.place ?? null) !== 'different' &&
      (still || thingsAgree(ticket.text, text, house.things)),
  )
  const heard: Asked[] = []
  for (const each of fitting) if (await counts(situation, each, answer)) heard.push(each)
  // what was asked of them themselves comes before what came back to them
  const theirs = heard.filter(({ returned }) => !returned)
  return theirs.length > 0 ? theirs : heard
}

/** 还是吵 right after the question speaks of what was asked about, whatever its thing is called. */
async function saysStill(situation: Situation, asked: Asked | undefined): Promise<boolean> {
  const { text, addressed } = situation
  if (!asked || text.length > shortWord || !stillWords.test(text)) return false
  return addressed || isNextWord(situation, askedAt(asked.ticket))
}

const shortWord = 10
const stillWords = /^(?:还是|还在|仍然?|依然|照样)/u

/** How clear the words are decides how long after the question they are taken for its answer. */
async function counts(
  situation: Situation,
  { ticket, returned }: Asked,
  answer: FollowUpAnswer,
): Promise<boolean> {
  const { addressed, group, reading, person, text } = situation
  if (saysSatisfied.test(text)) return true
  if (await hasAnswered(reading, ticket, person.id)) return false
  if (answer.weight === 'sure' && isPlainlyAbout(situation, ticket)) return true
  // whoever was not asked themselves, or was asked in private only, has to be clear
  if (returned || (group && isPrivateMatter(ticket))) return false
  if (addressed) return true
  return answer.weight !== 'alone' && (await isNextWord(situation, askedAt(ticket)))
}

/** It names the thing, speaks of the work, or says in a few words that it is as before. */
function isPlainlyAbout({ text, house }: Situation, ticket: Ticket): boolean {
  if (house.things.some((thing) => mentions(text, thing) && mentions(ticket.text, thing))) return true
  return ofWork.test(text) || (text.length <= shortWord && asBefore.test(text))
}

const ofWork = /修|师傅|物业|维修|处理|解决|办|拆|敷衍|糊弄|应付|差评|好评|五星|不认可|不接受/u
const asBefore = /^(?:还|又|根本|压根|仍|依然|照样|没人)/u

const saysSatisfied = /满\s*意/u
/** So long the question is what they speak of; later only when it is the first thing they say here since. */
const stillTheSubject = 30 * 60_000

async function isNextWord({ reading, person, cause, now }: Situation, asked: number): Promise<boolean> {
  if (now - asked <= stillTheSubject) return true
  const { documents } = await reading.find('inbox', {
    where: { person: person.id },
    order: 'at',
    range: { field: 'at', gte: asked },
    limit: 20,
  })
  const own = new Set(cause.lines.map(({ id }) => id))
  return !documents.some(
    ({ id, conversation, text }) => conversation === cause.conversation && text !== '' && !own.has(id),
  )
}

function whichOne(situation: Situation, asked: readonly Asked[]): Outcome | undefined {
  const { house, now, person } = situation
  const lines = asked.map(({ ticket }) => house.texts.ticketLine(ticketWords(house, ticket, now)))
  return once(situation, `which/${person.id}`, house.texts.ticketWhich({ lines: lines.join('\n') }))
}

/** Whoever was asked is answered, also beside staff; the same is not said twice in a row. */
function once(situation: Situation, key: string, text: string): Outcome | undefined {
  if (saidLately(situation, key)) return undefined
  return remembering(situation, key, reply(situation, text))
}
