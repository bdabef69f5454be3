import { type Handler, reply, type Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'
import { wordAnswer } from '../word-answer.ts'
import { garbageText } from './garbage.ts'
import { greeting } from './pleasantry.ts'
import { askKnowledge, unanswered } from './policy.ts'

/** Mentioned, the bot always answers something useful, whatever the message was taken for. */
export const fallback: Handler = async (situation) => {
  const { addressed, house, text, understanding, staff } = situation
  // a grid worker writing to the bot in private may only be saying that the alert was seen
  if (!addressed || (staff && situation.isPrivate && text.length <= 12)) return undefined
  if (thanks.test(text)) return reply(situation, house.texts.thanksBack())
  if (greeting.test(text)) return reply(situation, house.texts.greetingBack())
  const answer = await askKnowledge(situation)
  if (answer.answered && answer.passage && isAsked(situation, answer.confidence))
    return sayIfFitting(situation, `policy/${answer.passage.id}`, await wordAnswer(situation, answer.passage))
  const sorting = house.garbage.sort(text, house.settings.region)
  if (sorting.item !== null && sorting.confidence >= sureOfItem && understanding.intent !== 'chatter')
    return reply(situation, garbageText(situation, sorting))
  return asksSomething(situation) ? unanswered(situation, answer) : reply(situation, house.texts.fallback())
}

/** 你们那理发店几点开 sounds like talk, and wants to know something that staff can tell; 你几岁 is asked of the bot itself. */
function asksSomething({ house, text }: Situation): boolean {
  const { aspects, things } = house.questionGrouping.read(text)
  // what names nothing is only like itself
  const names = [...things.keys()].every((thing) => !thing.startsWith('='))
  return aspects.size > 0 && names && !ofBot.test(text) && !ofTheDay.test(text)
}

const ofBot = /[你您](?!们|这|那|知道|看|好|帮|说|告诉|能帮|能告)|小邻/u
const ofTheDay = /^(?:今天|明天|昨天|现在|这会儿?|眼下)(?:是|都)?(?:几|什么时候|啥时候|多少)/u

/** 你会唱歌不 is asked of the bot itself: a rule about singing in parks is no answer to it. */
function isAsked({ understanding }: Situation, confidence: number): boolean {
  const { intent, confidence: surely } = understanding
  return intent !== 'chatter' || surely < surelyChatter || confidence >= surelyAnswers
}

const surelyChatter = 0.6
const surelyAnswers = 0.9
const sureOfItem = 0.8
const thanks = /^(?:谢谢|多谢|感谢|辛苦了?|谢了|3q|thx|thanks)/iu
