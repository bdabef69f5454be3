import type { Passage } from './answer.ts'

/**
 * Numbers of identity cards and bank cards in documents. Nobody's belong into a group, whoever wrote them there.
 * Phones of offices stay: they are what people ask for.
 */
export interface PrivateNumber {
  readonly kind: 'identity card' | 'bank card'
  /** Its last four characters, by which the writer finds it again. */
  readonly ending: string
}

const digit = '[0-9０-９]'
const gap = '[\\s\\-－—·]?'
const alone = '(?<![0-9０-９A-Za-z])'
const end = '(?![0-9０-９A-Za-z])'
const bornIn = `(?:[1１][89８９]|[2２][0０])${digit}{2}`
const month = '(?:[0０][1-9１-９]|[1１][0-2０-２])'
const day = '(?:[0-2０-２][0-9０-９]|[3３][01０１])'

/** 18 characters with a day of birth in them, or any number of 15 to 18 that says it is one. */
const identityCards: readonly RegExp[] = [
  new RegExp(
    `${alone}[1-9１-９](?:${gap}${digit}){5}${gap}${bornIn}${gap}${month}${gap}${day}(?:${gap}${digit}){3}${gap}[0-9０-９xXＸｘ]${end}`,
    'gu',
  ),
  new RegExp(
    `(?<=(?:身份证|证件)(?:件)?(?:号码?)?[是为:：\\s]{0,3})${digit}(?:${gap}${digit}){13,16}[0-9０-９xXＸｘ]${end}`,
    'gu',
  ),
]

/** 16 to 19 digits that begin as bank cards do here, stand in groups of four, or say what they are. An office's account stays. */
const bankCards: readonly RegExp[] = [
  new RegExp(`${alone}[6６][2２](?:${gap}${digit}){14,17}${end}`, 'gu'),
  new RegExp(`${alone}[3-6３-６]${digit}{3}(?:[\\s-]${digit}{4}){3}(?:[\\s-]${digit}{1,3})?${end}`, 'gu'),
  new RegExp(
    `(?<=(?:银行卡|储蓄卡|借记卡|信用卡|工资卡|社保卡|卡号)(?:号码?|账号)?[是为:：\\s]{0,3})${digit}(?:${gap}${digit}){15,18}${end}`,
    'gu',
  ),
]

/** In the order in which they stand; a number that stands twice comes once. */
export function privateNumbersIn(text: string): PrivateNumber[] {
  const found = new Map<string, PrivateNumber>()
  const read = (kind: PrivateNumber['kind'], shape: RegExp, within: string) =>
    within.replaceAll(shape, (number) => {
      const ending = number.normalize('NFKC').slice(-4)
      found.set(`${kind} ${ending}`, { kind, ending })
      return ''
    })
  // an identity card is no bank card as well
  const rest = identityCards.reduce((left, shape) => read('identity card', shape, left), text)
  bankCards.reduce((left, shape) => read('bank card', shape, left), rest)
  return [...found.values()]
}

/** What residents read instead. */
export function withoutPrivateNumbers(text: string): string {
  // most texts have no number of that length: they are left alone quickly
  if (!longNumber.test(text)) return text
  const hidden = identityCards.reduce((left, shape) => left.replaceAll(shape, '（证件号不公开）'), text)
  return bankCards.reduce((left, shape) => left.replaceAll(shape, '（银行卡号不公开）'), hidden)
}

/** The same for all that is read out, handed to a model or suggested; most passages come back as they are. */
export function withoutNumbersOfCards(passage: Passage): Passage {
  const { heading, alsoAsked, text } = passage
  if (![heading, ...alsoAsked, text].some((each) => longNumber.test(each))) return passage
  return {
    ...passage,
    heading: withoutPrivateNumbers(heading),
    alsoAsked: alsoAsked.map(withoutPrivateNumbers),
    text: withoutPrivateNumbers(text),
  }
}

const longNumber = new RegExp(`(?:${digit}${gap}){14}`, 'u')
