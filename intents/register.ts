import { at, type Model, probabilities, type Vector } from './linear-model.ts'

/** How far a text sounds like something that was not written to neighbours at all. */
export interface RegisterReading {
  /** Chance of a headline, a customer's review or a description of an app, against all that is wanted of us. */
  readonly foreign: number
  /** Chance of a letter to officials, against all that neither complains nor asks. */
  readonly letter: number
}

export function readRegister({ register: head }: Model, vector: Vector): RegisterReading {
  const chances = probabilities(head, vector)
  const chanceOf = (label: string) => at(chances, head.labels.indexOf(label))
  const sumOf = (labels: readonly string[]) => labels.reduce((sum, label) => sum + chanceOf(label), 0)
  const [letter, chatter] = [chanceOf('letter'), chanceOf('chatter')]
  const foreign = sumOf(['headline', 'review', 'description'])
  const others = chatter + foreign + sumOf(['garbage', 'quiz', 'ticket'])
  return { foreign: foreign / (1 - chatter), letter: letter / (letter + others) }
}
