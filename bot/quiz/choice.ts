import { normalize } from '../../intents/normalize.ts'
import type { House } from '../house.ts'
import { bins } from './questions.ts'
import type { AskedQuestion } from './quiz-documents.ts'

/**
 * Whether a line is an answer, and which. Generous: B, Ｂ, 选B, 我觉得是B吧, "B 厨余", 厨余垃圾; and strict: the
 * whole line must be the answer, for two hundred people go on talking while a question is open.
 */
export const letters = ['A', 'B', 'C', 'D'] as const

/** What people say before: who, how sure, and that they choose. */
const before =
  /^(?:小邻|我们?|俺|咱们?|本人|这[题道]|就|还是|肯定|绝对|一定|必须|应该|估计|大概|可能|觉得|感觉|认为|看|猜|要?选择?|正确答案|答案?|回答|压|押|投|蒙|是|为|[\s,.:;、。])*/u
const choosing = /选|答|猜|压|押|投|蒙|觉得|感觉|认为|应该|肯定|就是|^是/u
/** What may stand behind. */
const after =
  /^(?:吧|呗|呀|啊|哦|噢|嘛|啦|了|吗|选项|没错|对不对|对吧|无疑|[\s.,、。!?~…()]|☺|\p{Extended_Pictographic})*$/u
const behindName = /^(?:的那?个?|那个|这个|那一?类|类|桶)?/u
const ordinal = /^第([一二三四1-4])个?(?:选项)?/u

/** 0 to 3; undefined when the line is something else. */
export function choiceIn(house: House, line: string, question: AskedQuestion): number | undefined {
  const said = normalize(line)
  const lead = before.exec(said)?.[0] ?? ''
  const rest = said.slice(lead.length)
  const letter = byLetter(rest, allNames(house, question))
  if (letter !== undefined) return letter
  const chooses = choosing.test(lead)
  const counted = chooses ? ordinal.exec(rest) : null
  if (counted && after.test(rest.slice(counted[0].length)))
    return ('一二三四'.indexOf(counted[1] ?? '') + 1 || Number(counted[1])) - 1
  // 就是那个词 may begin with a word of the lead: 看病, 投影仪
  return (
    byName(rest, chooses, house, question) ?? (lead === '' ? undefined : byName(said, false, house, question))
  )
}

/** A letter alone, also when no question is open. */
export function isLetter(text: string): boolean {
  const said = normalize(text)
  return byLetter(said.slice((before.exec(said)?.[0] ?? '').length), []) !== undefined
}

function byLetter(rest: string, names: readonly string[]): number | undefined {
  const found = /^([a-d])\1*(?![a-z0-9])/u.exec(rest)
  if (!found) return undefined
  const tail = rest.slice(found[0].length).replace(/^[\s.,:;、。)）-]+/u, '')
  const named = names.find((name) => tail.startsWith(name)) ?? ''
  const end = tail.slice(named.length).replace(behindName, '')
  return after.test(named === '' ? tail : end) ? 'abcd'.indexOf(found[1] ?? '') : undefined
}

function byName(rest: string, chooses: boolean, house: House, question: AskedQuestion): number | undefined {
  const names = question.choices.map((_, index) => namesOf(house, question, index, chooses))
  const fitting = names.flatMap((each, index) =>
    each.some((name) => isOnly(rest, name, chooses)) ? [index] : [],
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

function isOnly(rest: string, name: string, chooses: boolean): boolean {
  if (!rest.startsWith(name)) return false
  const end = rest.slice(name.length)
  return after.test(end) || (chooses && after.test(end.replace(behindName, '')))
}

/** Written choices are ordinary words (可以, 一次): short ones count only where somebody says that they choose. */
const shortWords = 3

function namesOf(house: House, question: AskedQuestion, index: number, chooses: boolean): readonly string[] {
  const choice = normalize(question.choices[index] ?? '')
  if (question.kind !== 'bin')
    return question.kind === 'known' && choice.length < shortWords && !chooses ? [] : [choice]
  const bin = bins[index] ?? 'residual'
  const whole = [choice, house.garbage.categoryName(bin)]
  return [...whole, ...whole.map(shortName)].filter((name) => name.length > 1 && (chooses || name !== '其他'))
}

/** 厨余 for 厨余垃圾, 可回收 for 可回收物; the longest first, so that all of it is read. */
function allNames(house: House, question: AskedQuestion): readonly string[] {
  const whole = question.choices.flatMap((_, index) => namesOf(house, question, index, true))
  return [...whole].sort((one, other) => other.length - one.length)
}

function shortName(name: string): string {
  return name.replace(/(?:垃圾|物)$/u, '')
}
