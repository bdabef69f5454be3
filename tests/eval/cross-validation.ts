import { readCorpus } from '../../adapters/files/corpus-folder.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { readRules } from '../../adapters/files/rules-files.ts'
import type { Example } from '../../intents/corpus.ts'
import type { LabelledMessage } from '../../intents/guard-set.ts'
import { trainModel } from '../../intents/model-training.ts'
import type { Rules } from '../../intents/rules.ts'
import { createSigns } from '../../intents/signs.ts'
import { createUnderstander } from '../../intents/understand.ts'
import { describeFigures, type Mistake, measureUnderstanding } from './understanding.ts'

/**
 * `npx tsx tests/eval/cross-validation.ts [--errors]`: every fifth line of the corpus understood by a model trained
 * on the other four fifths. Finds lines with a wrong label, and the mistakes that more examples would mend.
 */

const folds = 5
const root = projectRoot()

const [rules, examples] = await Promise.all([
  readRules(`${root}/intents/rules`),
  readCorpus(`${root}/intents/corpus`),
])
const sourceOf = new Map(examples.map((example) => [example.text, example.source]))
const mistakes: Mistake[] = []
for (let fold = 0; fold < folds; fold++) {
  const figures = measureFold(rules, examples, fold)
  console.log(describeFigures(figures).split('\n').slice(0, 2).join('\n'))
  mistakes.push(...figures.mistakes)
}
if (process.argv.includes('--errors'))
  for (const { kind, expected, got, confidence, message, why } of mistakes)
    console.log(
      [kind, `${expected}>${got}`, confidence, sourceOf.get(message.text), message.text, why].join('\t'),
    )

function measureFold(rules: Rules, examples: readonly Example[], fold: number) {
  const unseen = examples.filter((_, index) => index % folds === fold)
  const model = trainModel(
    examples.filter((_, index) => index % folds !== fold),
    createSigns(rules.signs),
  )
  return measureUnderstanding(createUnderstander({ model, rules }), unseen.map(asMessage))
}

function asMessage({ text, intent, category, emergency }: Example, index: number): LabelledMessage {
  return { text, intent, ...(category && { category }), emergency: emergency !== undefined, line: index + 1 }
}
