import { normalize } from '../../intents/normalize.ts'
import { isElliptical } from '../../knowledge/question.ts'
import type { InboxEntry } from '../documents.ts'
import { roundIn } from '../quiz/game.ts'
import { alone } from '../quiz/scores.ts'
import { type Handler, reply, type Situation, utteranceOf } from '../situation.ts'

/**
 * 你答错了, 不对，你说错了: whoever tells the bot so hears one kind sentence, and what it had answered goes on the
 * list, for staff to answer.
 */
export const doubtedAnswer: Handler = async (situation) => {
  const { addressed, text, house } = situation
  if (!addressed || !doubt.test(normalize(text))) return undefined
  const [newest] = [await lastAnswer(situation), await lastQuizQuestion(situation)]
    .filter((each) => each !== undefined)
    .sort((one, other) => other.at - one.at)
  // what the bot said last was about a ticket: that is for those who know tickets
  if ((situation.memory?.lastTicket?.at ?? 0) > Math.max(newest?.at ?? 0, situation.now - stillTheSame))
    return undefined
  if (!newest) return reply(situation, house.texts.answerDoubtedWhich())
  return reply(situation, house.texts.answerDoubted(), {
    question: { text: newest.question },
    why: 'somebody doubts what the bot answered',
  })
}

/** An answer is doubted within this time; later nobody can say which is meant. */
const stillTheSame = 10 * 60_000
const lookBack = 30

const wrong = '不对|不准确?|不正确|不是这样的?|不是这么回事|错误|错了?|有误|有问题'
const softly = '好像|可能|肯定|完全|根本|明显|都|又|全|也|是不是|是|这次'
const doubt = new RegExp(
  `^(?:(?:不对|不是|错了?|哎|唉|喂|小邻|等等)?[吧啊呀,，。!\\s]*)*(?:${[
    // 你这个答案不对, 你刚才说的不准
    `(?:你|您|小邻)?(?:刚才|刚刚|上面)?(?:这个?|那个?|给的?|说的?|答的?|讲的?|回答的?|的)*(?:答案|回答|答复|说法|内容)?(?:${softly})*(?:${wrong})`,
    // 你是不是搞错了, 你答得不对
    `(?:你|您|小邻)?(?:刚才|刚刚)?(?:${softly})*(?:答|回答|说|讲|搞|弄|写|记)[得的]?(?:${softly})*(?:${wrong}|反了?)`,
  ].join('|')})[吧啊呀哦啦了吗的,，。!~?？\\s]*$`,
  'u',
)

interface Doubted {
  readonly question: string
  readonly at: number
}

/** Of anybody in this conversation: neighbours read along. */
async function lastAnswer({
  reading,
  house,
  cause,
  person,
  memory,
  now,
}: Situation): Promise<Doubted | undefined> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: cause.conversation ?? '' },
    order: 'at',
    range: { field: 'at', gte: now - stillTheSame },
    descending: true,
    limit: lookBack,
  })
  const last = documents.find(isAnswered)
  if (!last) return undefined
  const lines = documents.filter(({ utterance }) => utterance === last.utterance).reverse()
  const text = utteranceOf('', lines, house.settings.botName)?.text ?? ''
  const before = last.person === person.id ? memory?.lastQuestion?.text : undefined
  // 那要带什么材料 says nothing without the question before it
  const follows = before !== undefined && before !== text && isElliptical(text)
  return text === '' ? undefined : { question: follows ? `${before} ${text}` : text, at: last.at }
}

function isAnswered({ understood }: InboxEntry): boolean {
  return understood?.spoke === true && (understood.intent === 'policy' || understood.intent === 'garbage')
}

/** The solution of a question that was asked here and is over. */
async function lastQuizQuestion({ reading, group, person, now }: Situation): Promise<Doubted | undefined> {
  const round = await roundIn(reading, group?.id ?? alone(person.id))
  if (!round || round.state === 'asking' || now - round.closesAt > stillTheSame) return undefined
  return { question: round.question.text, at: Math.min(round.closesAt, now) }
}
