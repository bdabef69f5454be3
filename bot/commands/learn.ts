import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadUnderstanding, readTeaching } from '../../adapters/files/lore.ts'
import { loadModel } from '../../adapters/files/model-file.ts'
import { openModelShelf } from '../../adapters/files/model-shelf.ts'
import { type GuardScore, parseLabelledMessages } from '../../intents/guard-set.ts'
import { loadConfig } from '../config.ts'
import type { Correction } from '../learning/correction-documents.ts'
import { type Learned, learn, mostAttempts } from '../learning/learn.ts'
import { type Lesson, lessonOf } from '../learning/lesson.ts'
import { type OperatorOptions, queryRows } from './operator-door.ts'
import type { ShowProgress } from './progress.ts'

/** `linli learn`: a model taught with the corrections of staff, taken only if it is no worse. */

export interface LearnOptions extends OperatorOptions {
  readonly progress: ShowProgress
}

const guardFile = 'intents/guard/messages.tsv'

/** @returns the exit status: 1 when the new model was worse and the old one goes on serving */
export async function learnFromCorrections(
  options: LearnOptions,
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
  const { understander, learned: serving } = await loadUnderstanding(root, { dataFolder, warn })
  const teaching = await readTeaching(root)
  const guard = await guardFor(root, lesson)
  print(`learning ${lesson.examples.length} corrected messages and ${lesson.landmarks.length} places …`)
  const bar = options.progress('training and comparing')
  bar.step(0, mostAttempts)
  const onAttempt = ({ number }: { readonly number: number }) => bar.step(number, mostAttempts)
  const { examples, rules, signs } = teaching
  const base = await loadModel(join(root, 'dist/model.bin'), examples, signs)
  const learned = learn({ base, rules, lesson, guard, current: understander, onAttempt })
  bar.end()
  for (const line of comparison(learned, guard.length)) print(line)
  if (learned.worse.length > 0) {
    const fallen = figures.filter(([name]) => learned.worse.includes(name)).map(([, words]) => words)
    warn(
      `not taken, the model in use stays: worse in ${fallen.join(', ')}; linli corrections list shows what was taught, and withdraw takes one back`,
    )
    return 1
  }
  if (dryRun) {
    print('it would be taken; run it without --dry-run')
    return 0
  }
  const { before, after, model } = learned
  const record = await openModelShelf(dataFolder).add(
    {
      ...{ at: Date.now(), base: teaching.fingerprint, before, after, landmarks: [...lesson.landmarks] },
      ...{ corrections: taughtOf(corrections, learned), previous: serving },
    },
    model,
  )
  print(`taken as model ${record.version}: a running bot uses it within half a minute`)
  print('to go back: linli learn --rollback')
  return 0
}

async function guardFor(root: string, { examples }: Lesson) {
  const taughtTexts = new Set(examples.map(({ text }) => text))
  const guard = parseLabelledMessages(await readFile(join(root, guardFile), 'utf8'))
  // whoever has seen the question before proves nothing
  return guard.filter(({ text }) => !taughtTexts.has(text))
}

function taughtOf(corrections: readonly Correction[], { leftOut }: Learned): string[] {
  const texts = new Set(leftOut.map(({ text }) => text))
  return corrections.filter(({ state, text }) => state === 'valid' && !texts.has(text)).map(({ id }) => id)
}

const figures: readonly (readonly [name: keyof GuardScore, words: string])[] = [
  ['macroF1', 'macro-F1'],
  ['complaintRecall', 'complaint recall'],
  ['category', 'category'],
  ['spokenChatter', 'spoke on chatter'],
  ['emergenciesMissed', 'emergencies missed'],
  ['emergenciesFalse', 'emergencies false'],
]

function comparison(learned: Learned, guard: number): readonly string[] {
  const { before, after, heeded, worse, leftOut } = learned
  return [
    `on ${guard} guard messages, in use > learned:`,
    ...figures.map(
      ([name, words]) =>
        `  ${words.padEnd(19)} ${shown(before[name])} > ${shown(after[name])}${worse.includes(name) ? '  worse' : ''}`,
    ),
    `  corrected messages  ${heeded.before} > ${heeded.after} of ${heeded.of} understood as corrected`,
    ...leftOut.map(
      ({ text, source }) =>
        `left out, because the guard set fell with it: ${text.replaceAll(/\s+/gu, ' ')}  (${source})`,
    ),
  ]
}

function shown(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3)
}
