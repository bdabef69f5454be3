import { createRequire } from 'node:module'
import { bigrams } from '../../search/engine.ts'
import type { Learner } from '../learner.ts'

interface Classifier {
  definePrepTasks(tasks: ((text: string) => string[])[]): void
  defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): void
  learn(text: string, label: string): void
  consolidate(): void
  predict(text: string): string
}

/** wink's, over character bigrams. */
export const naiveBayes: Learner = {
  name: 'Naive Bayes (wink)',
  train(examples) {
    const create = createRequire(import.meta.url)('wink-naive-bayes-text-classifier') as () => Classifier
    const classifier = create()
    classifier.definePrepTasks([bigrams])
    classifier.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 })
    for (const { text, intent } of examples) classifier.learn(text, intent)
    classifier.consolidate()
    return (text) => {
      const label = classifier.predict(text)
      return label === 'unknown' ? 'chatter' : label
    }
  },
}
