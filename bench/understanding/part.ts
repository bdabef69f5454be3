import { type Measured, measure } from '../child.ts'
import { figure, type Goal, megabytes, type Report, type RunOptions, times } from '../report.ts'
import { median } from '../statistics.ts'
import { type LearnerFigures, type LearnerName, learnerNames } from './learner-process.ts'

/** (d) Understanding: messages a second and quality, all trained on the same part of the corpus. */
export async function measureUnderstanding({ quick, progress }: RunOptions): Promise<Report> {
  const outcomes = new Map<LearnerName, Measured<LearnerFigures>>()
  const rounds = quick ? 1 : 3
  const rates = new Map<LearnerName, number[]>()
  for (let round = 0; round < rounds; round++)
    for (const name of learnerNames) {
      if (outcomes.get(name)?.finished === false) continue
      progress(`${name}, round ${round + 1} of ${rounds}`)
      const outcome = await measure<LearnerFigures>('./understanding/learner-process.ts', [name])
      outcomes.set(name, outcome)
      if (outcome.finished) rates.set(name, [...(rates.get(name) ?? []), outcome.value.perSecond])
    }
  const linli = median(rates.get('linli') ?? [])
  const header = ['', 'messages/s', 'training s', 'MB', 'held out: accuracy / macro-F1', 'other hand']
  const rows = learnerNames.map((name): string[] => {
    const outcome = outcomes.get(name)
    if (!outcome?.finished) return [name, outcome?.why ?? 'not measured', '', '', '', '']
    const { value } = outcome
    const rate = median(rates.get(name) ?? [])
    return [
      value.name,
      `${figure(rate)} (LinLi ${times(linli / rate)})`,
      figure(value.trainMs / 1000),
      megabytes(value.bytes),
      qualityOf(value.heldOut),
      qualityOf(value.otherHand),
    ]
  })
  return {
    title: '(d) Understanding',
    notes: [how],
    tables: [{ header, rows }],
    goals: goalsOf(linli / median(rates.get('nlpjs') ?? [])),
  }
}

const how =
  'Intent of a message, after training on four fifths of `intents/corpus`, the rest held out; `other hand` is ' +
  'tests/eval/messages.tsv, which nobody trained on. LinLi is measured by `understand`, which also finds ' +
  'emergencies, place, time, category, urgency and reasons. nlp.js: its Chinese package, ' +
  'its own settings; its None counts as chatter.'

function qualityOf({ accuracy, macroF1, messages }: LearnerFigures['heldOut']): string {
  return `${accuracy.toFixed(3)} / ${macroF1.toFixed(3)} of ${messages.toLocaleString('en-US')}`
}

function goalsOf(ratio: number): Goal[] {
  const text = `(d) understanding per second vs nlp.js: ${times(ratio)} (no figure was promised)`
  return [{ text, met: undefined }]
}
