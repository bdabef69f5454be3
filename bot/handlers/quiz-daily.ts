import { normalize } from '../../intents/normalize.ts'
import { toDigits } from '../../intents/numerals.ts'
import { audited } from '../doors/execute.ts'
import { both, type Outcome } from '../outcome.ts'
import { dailyHours } from '../quiz/daily-hours.ts'
import { type Handler, reply, type Situation } from '../situation.ts'

/** 每日一题 开 10点 / 关: staff switch the daily question of their group. With # or by mentioning the bot. */
export const quizDaily: Handler = async (situation) => {
  const { text, addressed, staff, house } = situation
  const said = normalize(text)
  const order = /^#?\s*每[日天]一题\s*[:,，]?\s*(开启?|打开|关闭?|关掉|停)?\s*(.*)$/u.exec(said)
  if (!order || !(addressed || said.startsWith('#'))) return undefined
  const [, word = '', rest = ''] = order
  // 每日一题出了没 is a question of residents
  if (word === '' && !said.startsWith('#')) return undefined
  if (!staff) return reply(situation, house.texts.staffOnly())
  if (!situation.group) return reply(situation, house.texts.quizDailyInGroup())
  if (word === '') return reply(situation, stateText(situation))
  if (!word.startsWith('开') && word !== '打开') return set(situation, null)
  const hour = rest === '' ? dailyHours.usual : hourIn(rest)
  if (hour === undefined || hour < dailyHours.from || hour > dailyHours.to)
    return reply(situation, house.texts.quizDailyHour({ from: dailyHours.from, to: dailyHours.to }))
  return set(situation, hour)
}

/** 10点, 10:00, 下午3点; a time between two hours is none. */
function hourIn(said: string): number | undefined {
  const found =
    /^(早上?|上午|中午|下午|傍晚|晚上?)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})\s*(?:点钟?|时|:00)?整?$/u.exec(
      said,
    )
  const hour = found ? Number(toDigits(found[2] ?? '')) : Number.NaN
  if (!Number.isInteger(hour)) return undefined
  return /^[下傍晚]/u.test(found?.[1] ?? '') && hour < 12 ? hour + 12 : hour
}

function stateText({ house, group }: Situation): string {
  const hour = group?.dailyQuiz
  return hour === undefined ? house.texts.quizDailyOff() : house.texts.quizDailyRuns({ hour })
}

async function set(situation: Situation, hour: number | null): Promise<Outcome> {
  const { house, reading, person, group, cause } = situation
  const actor = { kind: 'person', id: person.id } as const
  const command = { type: 'group.quiz', group: group?.id ?? '', hour } as const
  const { outcome } = await audited(house, reading, actor, `chat/${cause.id}`, command)
  const { texts } = house
  const off = group?.dailyQuiz === undefined ? texts.quizDailyOff : texts.quizDailyClosed
  const said = hour === null ? off() : texts.quizDailyOn({ hour })
  const quiet = hour !== null && group?.setting === 'listen' ? texts.quizDailyListening() : ''
  return both(outcome, reply(situation, `${said}${quiet}`))
}
