import { projectRoot } from '../../../adapters/files/project-root.ts'
import { readRules } from '../../../adapters/files/rules-files.ts'
import { trainModel } from '../../../intents/model-training.ts'
import { createSigns } from '../../../intents/signs.ts'
import { createUnderstander } from '../../../intents/understand.ts'
import type { Learner } from '../learner.ts'

/** `understand`, whole: emergencies, place, time, evidence, category and reasons as well. */
export const linli: Learner = {
  name: 'LinLi',
  async train(examples) {
    const rules = await readRules(`${projectRoot()}/intents/rules`)
    const model = trainModel(examples, createSigns(rules.signs))
    const understander = createUnderstander({ model, rules })
    return (text) => understander.understand(text).intent
  },
}
