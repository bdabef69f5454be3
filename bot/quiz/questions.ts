import { type KnowledgeQuestion, questionsOf } from '../../knowledge/garbage/quiz-questions.ts'
import { type GarbageItem, garbageCategories } from '../../knowledge/garbage/sorting.ts'
import type { House } from '../house.ts'
import { nextKey } from './deck.ts'
import type { AskedQuestion, QuizDeck } from './quiz-documents.ts'

/** Where questions come from: the things of the garbage lists, asked in three ways, and written ones. */

export const bins = garbageCategories.filter((category) => category !== 'bulky')
type Bin = (typeof bins)[number]

/** Every third question is a written one: there are fewer of them. */
const turns: readonly AskedQuestion['kind'][] = ['bin', 'known', 'pick', 'bin', 'known', 'odd']
/** A choice is read at a glance. */
const longestName = 8

export interface Drawn {
  readonly question: AskedQuestion
  readonly deck: QuizDeck
}

/** The next question of a conversation. @throws when the garbage list has nothing that can be asked */
export function drawQuestion(house: House, id: string, before: QuizDeck | undefined): Drawn {
  const deck = before ?? { id, seed: Math.floor(house.random() * 2 ** 32), turn: 0 }
  const kind = turns[deck.turn % turns.length] ?? 'bin'
  const after = { ...deck, turn: deck.turn + 1 }
  const known = kind === 'known' ? drawKnown(house, deck) : undefined
  if (known) return { question: askKnown(house, known), deck: { ...after, known: known.question } }
  const thing = drawThing(house, deck)
  return { question: askThing(house, kind, thing), deck: { ...after, thing: thing.name } }
}

function drawKnown(house: House, { seed, known }: QuizDeck): KnowledgeQuestion | undefined {
  const all = new Map(
    questionsOf(house.quizQuestions, house.settings.region).map((each) => [each.question, each]),
  )
  return all.get(nextKey(all.keys(), seed, known, () => true) ?? '')
}

interface Thing {
  readonly name: string
  readonly bin: Bin
  readonly hint: string
}

function drawThing(house: House, { seed, thing }: QuizDeck): Thing {
  const names = askable(house).map(({ name }) => name)
  const name = nextKey(names, seed, thing, (each) => thingOf(house, each) !== undefined)
  const found = name === undefined ? undefined : thingOf(house, name)
  if (!found)
    throw new Error('the garbage list has nothing to ask about: add items to knowledge/garbage/items')
  return found
}

/** What has several names stands in every home; 田鼠 and 弓箭, which have one, would be riddles. */
function askable({ garbage }: House): readonly GarbageItem[] {
  const short = garbage.items.filter(
    ({ name, category }) => category !== 'bulky' && name.length <= longestName,
  )
  const everyday = short.filter(({ aliases }) => aliases.length > 0)
  return everyday.length > 0 ? everyday : short
}

/** Where it goes here; undefined for a thing that cities sort differently, or that goes into no bin or several. */
function thingOf({ garbage, settings }: House, name: string): Thing | undefined {
  const { item, category, hint = '', elsewhere = [], city } = garbage.sort(name, settings.region)
  if (item !== name || category === null || category === 'bulky') return undefined
  const doubtful = elsewhere.length > 0 || city !== undefined || severalWays.test(hint)
  return doubtful ? undefined : { name, bin: category, hint }
}

/** 脏的投其他, 倒进下水道, 装修垃圾: what goes now here, now there, has no one right answer. */
const severalWays = /下水道|投(?:有害|其他|厨余|可回收)|装修/u

function askThing(house: House, kind: AskedQuestion['kind'], thing: Thing): AskedQuestion {
  const others =
    kind === 'pick' ? pickOthers(house, thing) : kind === 'odd' ? oddOthers(house, thing) : undefined
  if (!others) return askBin(house, thing)
  const { texts } = house
  const bin = house.categoryName(others.bin)
  const text = kind === 'pick' ? texts.quizAskPick({ bin }) : texts.quizAskOdd({ bin })
  const why = kind === 'pick' ? whyOf(house, thing) : `${whyOf(house, thing)}${texts.quizOthersAre({ bin })}`
  return { kind, text, why, ...shuffled(house, thing.name, others.names) }
}

/** The four bins always stand in the same order: B is the same bin every day. */
function askBin(house: House, thing: Thing): AskedQuestion {
  return {
    ...{ kind: 'bin', text: house.texts.quizAskBin({ item: thing.name }) },
    ...{ choices: bins.map((bin) => house.categoryName(bin)), answer: bins.indexOf(thing.bin) },
    why: whyOf(house, thing),
  }
}

function whyOf(house: House, { name, bin, hint }: Thing): string {
  const reasons: Readonly<Record<Bin, () => string>> = {
    recyclable: house.texts.quizWhyRecyclable,
    hazardous: house.texts.quizWhyHazardous,
    kitchen: house.texts.quizWhyKitchen,
    residual: house.texts.quizWhyResidual,
  }
  const words = { item: name, bin: house.categoryName(bin), why: reasons[bin]() }
  return house.texts.quizWhy({ ...words, hint: hint === '' ? '' : `${hint}。` })
}

interface Others {
  /** The bin that the question names. */
  readonly bin: Bin
  readonly names: readonly string[]
}

/** Three things that go elsewhere. */
function pickOthers(house: House, thing: Thing): Others | undefined {
  const names = threeThings(house, thing.name, (bin) => bin !== thing.bin)
  return names && { bin: thing.bin, names }
}

/** Three things of one other bin. */
function oddOthers(house: House, thing: Thing): Others | undefined {
  const elsewhere = bins.filter((bin) => bin !== thing.bin)
  const bin = elsewhere[Math.floor(house.random() * elsewhere.length)] ?? 'residual'
  const names = threeThings(house, thing.name, (each) => each === bin)
  return names && { bin, names }
}

/** Gives up where a list has hardly anything else; then the simple question is asked. */
const mostTries = 400

function threeThings(
  house: House,
  but: string,
  wanted: (bin: Bin) => boolean,
): readonly string[] | undefined {
  const items = askable(house)
  const names: string[] = []
  for (let tries = 0; tries < mostTries && names.length < 3; tries++) {
    const item = items[Math.floor(house.random() * items.length)]
    if (!item || item.category === 'bulky' || !wanted(item.category)) continue
    if (alike(item.name, but) || names.some((name) => alike(name, item.name))) continue
    const thing = thingOf(house, item.name)
    if (thing && wanted(thing.bin)) names.push(thing.name)
  }
  return names.length === 3 ? names : undefined
}

/** 苹果 and 苹果皮 side by side would only confuse. */
function alike(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one)
}

function askKnown(
  house: House,
  { question, choices, answer, why, region }: KnowledgeQuestion,
): AskedQuestion {
  // what one city says is written in its own words
  const local = (text: string) => (region === undefined ? inLocalWords(house, text) : text)
  const right = choices[answer] ?? ''
  const others = choices.filter((choice) => choice !== right)
  return {
    ...{ kind: 'known', text: local(question), why: `${local(why)}。` },
    ...shuffled(house, local(right), others.map(local)),
  }
}

function inLocalWords({ garbage, categoryName }: House, text: string): string {
  const named: readonly Bin[] = ['kitchen', 'residual']
  return named.reduce((words, bin) => words.replaceAll(garbage.categoryName(bin), categoryName(bin)), text)
}

function shuffled(
  house: House,
  right: string,
  others: readonly string[],
): Pick<AskedQuestion, 'choices' | 'answer'> {
  const choices = [right, ...others]
  for (let at = choices.length - 1; at > 0; at--) {
    const to = Math.floor(house.random() * (at + 1))
    const moved = choices[at] as string
    choices[at] = choices[to] as string
    choices[to] = moved
  }
  return { choices, answer: choices.indexOf(right) }
}
