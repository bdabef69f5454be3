import { normalize } from '../../intents/normalize.ts'
import type { House } from '../house.ts'
import { bins } from './questions.ts'
import type { AskedQuestion } from './quiz-documents.ts'

/**
 * Whether a line is an answer, and which. Generous: B, Ｂ, 选B, 我觉得是B吧, "B 厨余", 厨余垃圾, 第二个; and strict:
 * the whole line must be the answer, for two hundred people go on talking while a question is open.
 */
export const letters = ['A', 'B', 'C', 'D'] as const

const quotes = `"'“”‘’「」『』`
/** What people say before: who, how sure, and that they choose. */
const lead = new RegExp(
  `^(?:小邻|我们?|俺|咱们?|本人|这[题道]|就|还是|肯定|绝对|一定|必须|应该|估计|大概|可能|觉得|感觉|认为|看|猜|要?选择?|正确答案|答案?|回答|压|押|投|蒙|扔|丢|放|归|属于|算|到|进|是|为|[\\s,.:;、。(${quotes}])*$`,
  'u',
)
const choosing = /选|答|猜|压|押|投|蒙|扔|丢|放|归|属于|算|觉得|感觉|认为|应该|肯定|就是|^是/u
/** Behind these a number is the number of a choice. */
const picking = /选|答|猜|压|押|蒙/u
/** What may stand behind. */
const after = new RegExp(
  `^(?:吧|呗|呀|啊|哦|噢|嘛|啦|了|吗|选项|没错|对不对|对不|对[吧吗么]|是[吧吗]|是不是|无疑|[\\s.,、。!?~…()${quotes}]|☺|\\p{Extended_Pictographic})*$`,
  'u',
)
const behindLetter = new RegExp(`^[\\s.,:;、。()${quotes}-]+`, 'u')
const behindName = /^(?:的那?个?|那个|这个|那一?类|类|桶)?/u
const numerals = '一二三四'
const ordinal = /^第([一二三四1-4])(个|项|种|选项)?/u
const plainNumber = /^([一二三四1-4])号?/u

/** 0 to 3; undefined when the line is something else. */
export function choiceIn(house: House, line: string, question: AskedQuestion): number | undefined {
  const said = settled(line)
  const names = allNames(house, question)
  for (const length of leadsOf(said)) {
    const [before, rest] = [said.slice(0, length), said.slice(length)]
    const choice =
      byLetter(rest, names) ??
      byName(rest, choosing.test(before), house, question) ??
      byNumber(rest, before, question)
    if (choice !== undefined) return choice
  }
  return undefined
}

/** A letter alone, also when no question is open. */
export function isLetter(text: string): boolean {
  const said = settled(text)
  return leadsOf(said).some((length) => byLetter(said.slice(length), []) !== undefined)
}

function settled(text: string): string {
  return normalize(text).replaceAll('其它', '其他')
}

const longestLead = 24

/** How much of it may be mere lead, the longest first: the name itself may begin with such a word (看大小, 投影仪). */
function leadsOf(said: string): readonly number[] {
  const lengths = Array.from({ length: Math.min(said.length, longestLead) + 1 }, (_, length) => length)
  return lengths.filter((length) => lead.test(said.slice(0, length))).reverse()
}

function byLetter(rest: string, names: readonly string[]): number | undefined {
  const found = /^([a-d])\1*(?![a-z0-9])/u.exec(rest)
  if (!found) return undefined
  const tail = rest.slice(found[0].length).replace(behindLetter, '')
  const named = names.find((name) => tail.startsWith(name)) ?? ''
  const end = tail.slice(named.length).replace(behindName, '')
  return after.test(named === '' ? tail : end) ? 'abcd'.indexOf(found[1] ?? '') : undefined
}

function byName(rest: string, chooses: boolean, house: House, question: AskedQuestion): number | undefined {
  const fitting = question.choices.flatMap((_, index) =>
    namesOf(house, question, index, chooses).some((name) => isOnly(rest, name, chooses)) ? [index] : [],
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

function isOnly(rest: string, name: string, chooses: boolean): boolean {
  if (!rest.startsWith(name)) return false
  const end = rest.slice(name.length)
  return after.test(end) || (chooses && after.test(end.replace(behindName, '')))
}

/** 第二个, 选第二, 选2; a bare number only where no choice speaks of numbers itself. */
function byNumber(rest: string, before: string, { choices }: AskedQuestion): number | undefined {
  const counted = ordinal.exec(rest)
  if (counted && (counted[2] !== undefined || choosing.test(before))) return numbered(counted, rest)
  const clear = choices.every((choice) => !/[\d一二两三四五六七八九十]/u.test(choice))
  const plain = clear && picking.test(before) ? plainNumber.exec(rest) : null
  return plain ? numbered(plain, rest) : undefined
}

function numbered([whole, digit = '']: RegExpExecArray, rest: string): number | undefined {
  if (!after.test(rest.slice(whole.length))) return undefined
  return (numerals.indexOf(digit) + 1 || Number(digit)) - 1
}

/** Written choices are ordinary words (可以, 一次): short ones count only where somebody says that they choose. */
const shortWords = 3

function namesOf(house: House, question: AskedQuestion, index: number, chooses: boolean): readonly string[] {
  const choice = settled(question.choices[index] ?? '')
  const bin = binCalled(house, choice)
  // a question may be about the words themselves, and have both of them as choices
  const others = question.choices.filter((_, at) => at !== index).map(settled)
  if (bin)
    return [choice, house.garbage.categoryName(bin), ...alsoCalled[bin]].filter(
      (name) => !others.includes(name),
    )
  return question.kind === 'known' && choice.length < shortWords && !chooses ? [] : [choice]
}

type Bin = (typeof bins)[number]

/** What people call the bins, whatever their city does: 湿垃圾 is understood everywhere. */
const alsoCalled: Readonly<Record<Bin, readonly string[]>> = {
  recyclable: ['可回收垃圾', '可回收', '回收物'],
  hazardous: ['有毒垃圾', '有害'],
  kitchen: ['湿垃圾', '餐厨垃圾', '易腐垃圾', '厨余'],
  residual: ['干垃圾', '其他'],
}

function binCalled(house: House, choice: string): Bin | undefined {
  return bins.find(
    (bin) =>
      house.categoryName(bin) === choice ||
      house.garbage.categoryName(bin) === choice ||
      alsoCalled[bin].includes(choice),
  )
}

/** 厨余 for 厨余垃圾, 可回收 for 可回收物; the longest first, so that all of it is read. */
function allNames(house: House, question: AskedQuestion): readonly string[] {
  const whole = question.choices.flatMap((_, index) => namesOf(house, question, index, true))
  return [...whole].sort((one, other) => other.length - one.length)
}
