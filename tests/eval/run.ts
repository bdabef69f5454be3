import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadGarbageFolder } from '../../adapters/files/garbage-folder.ts'
import { loadShippedKnowledge, loadUnderstanding } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { parseLabelledMessages } from '../../intents/guard-set.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { describeReliability, reliabilityOf, widestGap } from './calibration.ts'
import { measureCascade } from './cascade.ts'
import { garbageFiles, loadGarbageQuestions, measureGarbage } from './garbage.ts'
import {
  describeHearing,
  type ForeignText,
  loadForeignTexts,
  loadLetterTitles,
  measureHearing,
  ofHalf,
  quietHouse,
} from './hearing.ts'
import { measureLetters } from './letter-retrieval.ts'
import { loadLetters } from './letters.ts'
import {
  answerCurve,
  askPolicies,
  loadLaterQuestions,
  loadPolicyQuestions,
  measureRetrieval,
} from './retrieval.ts'
import { describeFigures, measureUnderstanding } from './understanding.ts'

/** `npm run eval`: every figure of quality on sets that training never sees, and the floors they must keep. */

const floorsSchema = z.record(z.string(), z.record(z.string(), z.number()))
const today = '2026-11-18'
const root = projectRoot()
const showMistakes = process.argv.includes('--errors')
const floors = floorsSchema.parse(parse(await readFile(new URL('floors.yaml', import.meta.url), 'utf8')))
const broken: string[] = []

const { understander } = await loadUnderstanding(root)
const messages = await readMessages('tests/eval/messages.tsv')
const guard = await readMessages('intents/guard/messages.tsv')
// Two lines make a pair: much the same words, and another meaning.
const pairs = await readMessages('tests/eval/hard-pairs.tsv')
const isOddPair = (line: number) => Math.ceil(line / 2) % 2 === 1
// Rules are mended by the mistakes of the odd lines only: the even ones tell whether that helped elsewhere.
const sets = {
  messages,
  'guard-odd': guard.filter(({ line }) => line % 2 === 1),
  'guard-even': guard.filter(({ line }) => line % 2 === 0),
  'pairs-odd': pairs.filter(({ line }) => isOddPair(line)),
  'pairs-even': pairs.filter(({ line }) => !isOddPair(line)),
}
for (const [set, labelled] of Object.entries(sets)) {
  const figures = measureUnderstanding(understander, labelled)
  console.log(`\n# understanding: ${set}, ${labelled.length} messages\n${describeFigures(figures)}`)
  if (showMistakes && !set.endsWith('-even'))
    for (const { kind, expected, got, message } of figures.mistakes)
      console.log(`  ${kind}: ${expected} > ${got}  ${message.text.replaceAll('\n', ' / ')}`)
  check(set, {
    macroF1: figures.macroF1,
    complaintRecall: figures.complaintRecall,
    category: figures.categoryAccuracy,
    spokenShare: figures.spokenChatter / figures.chatter,
    emergenciesMissed: figures.emergencies.missed,
    emergenciesFalse: figures.emergencies.false,
  })
}

const reliability = reliabilityOf(understander, [...messages, ...guard, ...pairs])
console.log(
  `\n# calibration: how often the intent is right, by what the model says of itself\n${describeReliability(reliability)}`,
)
check('calibration', { gap: widestGap(reliability) })

const house = await quietHouse(root)
const foreign = await loadForeignTexts()
const hearing = { letters: await loadLetterTitles() } as Record<string, readonly ForeignText[]>
for (const kind of ['headline', 'review', 'app'])
  hearing[`${kind}s`] = foreign.filter((text) => text.kind === kind)
for (const [set, texts] of Object.entries(hearing))
  for (const half of ['odd', 'even'] as const) {
    const figures = await measureHearing(house, ofHalf(half, texts))
    console.log(`\n# hearing: ${set}-${half}, ${figures.texts} texts\n${describeHearing(figures)}`)
    if (showMistakes && half === 'odd')
      console.log(
        (set === 'letters' ? figures.unheard : figures.spoken).map((each) => `  ${each}`).join('\n'),
      )
    check(`${set}-${half}`, figures)
  }

const shipped = await loadShippedKnowledge(root)
const policySets = {
  policies: await loadPolicyQuestions('measure'),
  'policies-later': await loadLaterQuestions(),
}
for (const [set, questions] of Object.entries(policySets)) {
  const figures = measureRetrieval(shipped, questions, today)
  console.log(`\n# ${set}: ${questions.length} questions that no weight was fitted on`)
  print(figures)
  console.log(answerCurve(askPolicies(shipped, questions, today)))
  check(set, figures)
}

const synonyms = parseSynonyms(await readFile(`${root}/knowledge/synonyms.txt`, 'utf8'))
const residentLetters = await loadLetters()
const alone = residentLetters.filter(({ passage }) => passage).length
for (const size of [alone, 2000, 7000]) {
  const { figures, asked } = measureLetters(residentLetters, size, synonyms)
  console.log(`\n# letters by their titles, among ${size}: the clusters that no weight was fitted on`)
  print(figures)
  console.log(answerCurve(asked))
  check(`letters-${size === alone ? 'alone' : size}`, figures)
}

const book = await loadGarbageFolder(`${root}/knowledge/garbage`)
for (const file of garbageFiles) {
  const { mistakes, ...figures } = measureGarbage(book, await loadGarbageQuestions(file))
  console.log(`\n# garbage: ${file}`)
  print(figures)
  if (showMistakes) console.log(mistakes.map((mistake) => `  ${mistake}`).join('\n'))
  check('garbage', figures)
}

const cascade = await measureCascade(root)
console.log('\n# calls of a model server, over tests/transcripts')
print(cascade)
check('cascade', cascade)

for (const line of broken) console.error(`below its floor: ${line}`)
process.exitCode = broken.length > 0 ? 1 : 0

async function readMessages(file: string) {
  return parseLabelledMessages(await readFile(`${root}/${file}`, 'utf8'))
}

function print(figures: object): void {
  for (const [name, value] of Object.entries(figures))
    console.log(`  ${name.padEnd(20)} ${round(value as number)}`)
}

/** Shares of what goes wrong may not rise; everything else may not fall. */
function check(set: string, figures: object): void {
  for (const [name, floor] of Object.entries(floors[set] ?? {})) {
    const value = (figures as Record<string, number>)[name] ?? Number.NaN
    const isFault = /^(?:spoken|emergencies|false|calls|gap)/u.test(name)
    if (!(isFault ? value <= floor : value >= floor))
      broken.push(`${set}.${name} is ${round(value)}, ${isFault ? 'at most' : 'at least'} ${floor}`)
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
