import { maskPersonalData } from '../../intents/personal-data.ts'
import { plainDate } from '../../tickets/shanghai-time.ts'
import type { ArrivedNotice } from '../notices/residents/group-notices.ts'
import { noticesKnown, ownWords } from '../notices/residents/known.ts'
import { sentenceAnswering } from '../notices/residents/notice-knowledge.ts'
import {
  mayAsk,
  mayAskAnything,
  type NoticeQuestion,
  readNoticeQuestion,
} from '../notices/residents/notice-question.ts'
import { wordsSaying } from '../notices/residents/notice-says.ts'
import { isWithoutOtherTalk } from '../notices/residents/other-talk.ts'
import { readReceipt } from '../notices/residents/receipt-words.ts'
import { type Outcome, silence } from '../outcome.ts'
import { isDismissed } from '../questions/list-question.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'
import { askKnowledge } from './policy.ts'

/** 几点来水? after a notice: answered with the notice's own words, while it runs, in the groups that have it. */
export const noticeQuestion: Handler = async (situation) => {
  const { staff, addressed, photos } = situation
  if ((staff && !addressed) || photos.length > 0) return undefined
  const text = readReceipt(situation.text)?.rest || situation.text
  if (!mayAsk(text) && !mayAskAnything(text)) return undefined
  const running = (await noticesKnown(situation)).filter(({ state }) => state === 'runs')
  const asked = mayAsk(text) ? await meant(situation, text, running) : undefined
  return asked ? answer(situation, text, asked) : answerAnything(situation, text, running)
}

async function answer(situation: Situation, text: string, asked: Asked): Promise<Outcome | undefined> {
  const { notice } = asked.arrived
  const words = wordsSaying(asked.question, ownWords(situation.house, notice))
  if (words === undefined) {
    // 怎么办 asks for whatever it says; 多少钱 does not
    const found = asked.question.aspect.name === 'how' && answerAnything(situation, text, [asked.arrived])
    return found || notSaid(situation, asked)
  }
  const { aspect, link } = asked.question
  return say(situation, asked.arrived, words, aspect.name, link)
}

/** What no aspect is for: the sentence that the search finds, where all that is asked stands in the notice. */
function answerAnything(
  situation: Situation,
  text: string,
  running: readonly ArrivedNotice[],
): Outcome | undefined {
  const { house, addressed } = situation
  for (const arrived of running) {
    const words = sentenceAnswering(house, arrived, text, { asked: addressed })
    if (words !== undefined) return say(situation, arrived, words, 'words', 'by its words')
  }
  return undefined
}

function say(
  situation: Situation,
  { notice, at }: ArrivedNotice,
  words: string,
  about: string,
  how: string,
): Outcome {
  const said = situation.house.texts.noticeSays({ words, day: plainDate(at) })
  // staff who have just spoken of the same have the floor: 来水 alone shares no word with 停水
  const onSubject = { ...situation, text: `${situation.text} ${words}` }
  const why = `${about} of notice ${notice.id}, ${how}`
  return { ...sayIfFitting(onSubject, `notice/${notice.id}/${about}`, said), why }
}

interface Asked {
  readonly arrived: ArrivedNotice
  readonly question: NoticeQuestion
}

const strength = { named: 3, shared: 2, hinted: 1, bare: 0 } as const

/** Of several notices the one that is named most clearly; then the newest. */
async function meant(
  situation: Situation,
  text: string,
  running: readonly ArrivedNotice[],
): Promise<Asked | undefined> {
  const read = running.flatMap((arrived): Asked[] => {
    const question = questionIn(text, ownWords(situation.house, arrived.notice))
    return question ? [{ arrived, question }] : []
  })
  const [best] = read.sort(
    (one, other) =>
      strength[other.question.link] - strength[one.question.link] || other.arrived.at - one.arrived.at,
  )
  if (!best) return undefined
  switch (best.question.link) {
    case 'named':
    case 'shared':
      return best
    case 'hinted':
      return (await isFresh(situation, best, hintedFor)) ? best : undefined
    case 'bare':
      // what names nothing can only mean the newest
      return best.arrived === running[0] && (await isFresh(situation, best, bareFor)) ? best : undefined
  }
}

/** 我要给孩子洗澡，几点来水: where all of it speaks of more, one part of it may be the question. */
function questionIn(text: string, words: string): NoticeQuestion | undefined {
  const whole = readNoticeQuestion(text, words)
  if (!whole?.foreign) return whole
  const parts = text.split(/[,，。.!！?？\n]+/u).filter((part) => part !== '')
  if (parts.length < 2) return undefined
  const read = parts.map((part) => readNoticeQuestion(part, words))
  return read.find(
    (each) => each !== undefined && !each.foreign && (each.link === 'named' || each.link === 'shared'),
  )
}

const minutes = 60_000
/** How long after a notice such words are taken for a question about it. */
const hintedFor = { unasked: 3 * 60 * minutes, addressed: 24 * 60 * minutes }
const bareFor = { unasked: 20 * minutes, addressed: 3 * 60 * minutes }
const goesOn = 10 * minutes

async function isFresh(
  situation: Situation,
  { arrived, question }: Asked,
  within: { readonly unasked: number; readonly addressed: number },
): Promise<boolean> {
  const { addressed, now, memory, groupState } = situation
  if (saidOfIt(groupState?.answered, arrived.notice.id, now)) return true
  if (now - arrived.at > within[addressed ? 'addressed' : 'unasked']) return false
  // whoever has asked about something else since means that
  if ((memory?.lastQuestion?.at ?? 0) > arrived.at) return false
  return addressed || question.link === 'hinted' || isWithoutOtherTalk(situation, arrived)
}

/** The bot has just answered a question about it here: 要带什么 goes on about the same. */
function saidOfIt(
  answered: readonly { readonly key: string; readonly at: number }[] = [],
  notice: string,
  now: number,
): boolean {
  return answered.some(({ key, at }) => key.startsWith(`notice/${notice}/`) && now - at < goesOn)
}

/** Nothing is made up: what the documents or staff have answered may be said; else it is listed for staff. */
async function notSaid(situation: Situation, { arrived, question }: Asked): Promise<Outcome | undefined> {
  const { addressed, house, text, reading, group, person, understanding } = situation
  // words that it shares by chance: the question is about something else
  if (question.link === 'bare' || question.link === 'shared') return undefined
  const elsewhere = await askKnowledge(situation)
  if (elsewhere.answered && understanding.intent === 'policy') return undefined
  const about = question.link === 'named' ? text : `${beginningOf(ownWords(house, arrived.notice))} ${text}`
  const listed = { question: { text: about }, why: `not said in notice ${arrived.notice.id}` }
  if (!addressed) return understanding.intent === 'policy' ? undefined : silence('notAnswered', listed)
  const asked = { text: maskPersonalData(about), group: group?.id ?? null, person: person.id }
  const isLookedAt = !(await isDismissed(house, reading, asked))
  const { texts } = house
  return reply(situation, isLookedAt ? texts.noticeDoesNotSay() : texts.policyUnknownAskCommunity(), listed)
}

function beginningOf(words: string): string {
  return [...words.replace(/\s+/gu, ' ')].slice(0, 12).join('')
}
