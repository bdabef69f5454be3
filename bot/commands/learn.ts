import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadUnderstanding, readTeaching } from '../../adapters/files/lore.ts'
import { type ModelRecord, openModelShelf } from '../../adapters/files/model-shelf.ts'
import { type GuardScore, parseLabelledMessages } from '../../intents/guard-set.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { loadConfig } from '../config.ts'
import type { Correction } from '../documents.ts'
import { type Learned, learn } from '../learning/learn.ts'
import { lessonOf } from '../learning/lesson.ts'
import { type OperatorOptions, queryRows } from './operator-door.ts'

/** `linli learn`: a model taught with the corrections of staff, taken only if it is no worse. */

const guardFile = 'tests/eval/guard-messages.tsv'

/** @returns the exit status: 1 when the new model was worse and the old one goes on serving */
export async function learnFromCorrections(
  options: OperatorOptions,
  { dryRun }: { readonly dryRun: boolean },
): Promise<number> {
  const { root, print, warn } = options
  const { dataFolder } = loadConfig(root)
  const corrections = await queryRows<Correction>(options, { type: 'corrections' })
  const lesson = lessonOf(corrections)
  if (lesson.examples.length + lesson.landmarks.length === 0) {
    print('nothing to learn: no corrections yet; staff say 纠正 in chat, or use linli corrections add')
    return 0
  }
  const shelf = openModelShelf(dataFolder)
  const teaching = await readTeaching(root)
  const { understander } = await loadUnderstanding(root, { dataFolder, warn })
  const taughtTexts = new Set(lesson.examples.map(({ text }) => text))
  const guard = parseLabelledMessages(await readFile(join(root, guardFile), 'utf8')).filter(
    // whoever has seen the question before proves nothing
    ({ text }) => !taughtTexts.has(text),
  )
  print(`learning ${lesson.examples.length} corrected messages and ${lesson.landmarks.length} places …`)
  const learned = learn({
    ...{ corpus: teaching.examples, rules: teaching.rules },
    lesson,
    guard,
    current: understander,
  })
  for (const line of comparison(learned, guard.length)) print(line)
  if (learned.worse.length > 0) {
    warn(`not taken: ${learned.worse.join(', ')} would be worse; the model in use stays`)
    return 1
  }
  if (dryRun) {
    print('it would be taken; run it without --dry-run')
    return 0
  }
  const { before, after, model } = learned
  const record = await shelf.add(
    {
      ...{ at: Date.now(), base: teaching.fingerprint, before, after, landmarks: [...lesson.landmarks] },
      corrections: corrections.filter(({ state }) => state === 'valid').map(({ id }) => id),
      previous: await shelf.current(),
    },
    model,
  )
  print(`taken as model ${record.version}: a running bot uses it within half a minute`)
  print('to go back: linli learn --rollback')
  return 0
}

/** One step back, as far as the shipped model. */
export async function rollBack({ root, print }: OperatorOptions): Promise<number> {
  const shelf = openModelShelf(loadConfig(root).dataFolder)
  const current = await shelf.current()
  if (current === 0) {
    print('the shipped model serves already: there is nothing to go back to')
    return 0
  }
  const { record } = await shelf.load(current)
  const there = (await shelf.history()).some(({ version }) => version === record.previous)
  const to = there ? record.previous : 0
  await shelf.use(to)
  print(`model ${current} is laid aside, ${nameOf(to)} serves: a running bot uses it within half a minute`)
  return 0
}

export async function printHistory({ root, print }: OperatorOptions): Promise<number> {
  const shelf = openModelShelf(loadConfig(root).dataFolder)
  const [current, records] = [await shelf.current(), await shelf.history()]
  for (const record of records) print(historyLine(record, current))
  print(`${nameOf(current)} serves`)
  return 0
}

function historyLine({ version, at, corrections, before, after }: ModelRecord, current: number): string {
  const mark = version === current ? '*' : ' '
  const scores = `macro-F1 ${shown(before.macroF1)} > ${shown(after.macroF1)}`
  return `${mark} model ${version}  ${plainDateTime(at)}  ${corrections.length} corrections  ${scores}`
}

function nameOf(version: number): string {
  return version === 0 ? 'the shipped model' : `model ${version}`
}

const figures: readonly (readonly [name: keyof GuardScore, words: string])[] = [
  ['macroF1', 'macro-F1'],
  ['complaintRecall', 'complaint recall'],
  ['category', 'category'],
  ['spokenChatter', 'spoke on chatter'],
  ['emergenciesMissed', 'emergencies missed'],
  ['emergenciesFalse', 'emergencies false'],
]

function comparison({ before, after, heeded, worse }: Learned, guard: number): readonly string[] {
  return [
    `on ${guard} guard messages, in use > learned:`,
    ...figures.map(
      ([name, words]) =>
        `  ${words.padEnd(19)} ${shown(before[name])} > ${shown(after[name])}${worse.includes(name) ? '  worse' : ''}`,
    ),
    `  corrected messages  ${heeded.before} > ${heeded.after} of ${heeded.of} understood as corrected`,
  ]
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}
