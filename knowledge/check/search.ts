import type { Answer, Knowledge } from '../answer.ts'
import { plainOf, questionsOf } from './alike-questions.ts'
import { type Finding, type Placed, placeOf } from './finding.ts'

export interface SearchOptions {
  readonly knowledge: Knowledge
  /** 2026-11-18 */
  readonly today: string
  readonly onQuestion?: (done: number, all: number) => void
}

/** Every heading and every other way to ask must find its own section first. */
export function checkOwnQuestions(all: readonly Placed[], options: SearchOptions): Finding[] {
  const { knowledge, today, onQuestion } = options
  const placed = all.filter(({ passage }) => passage.validUntil === undefined || passage.validUntil >= today)
  const byId = new Map(placed.map((each) => [each.passage.id, each]))
  const findings: Finding[] = []
  for (const [at, each] of placed.entries()) {
    onQuestion?.(at + 1, placed.length)
    for (const question of questionsOf(each)) {
      const answer = knowledge.ask(question, { today })
      const found = byId.get(answer.sources[0]?.id ?? '')
      if (found && answersTheSame(found, each, question)) continue
      const instead = found ? `finds ${placeOf(found)} first` : 'finds nothing'
      findings.push({
        ...{ kind: 'not found first', status: 'note', places: [placeOf(each)] },
        message: `“${question}” ${instead}: say in the heading or after 问法 what this section alone is about`,
      })
    }
  }
  return findings
}

/** The section itself, another part of it, or one that is asked the very same (which is told elsewhere). */
function answersTheSame(found: Placed, own: Placed, question: string): boolean {
  if (found.passage.id === own.passage.id) return true
  if (found.file === own.file && found.isDocument && found.passage.heading === own.passage.heading)
    return true
  return questionsOf(found).some((each) => plainOf(each) === plainOf(question))
}

/** Questions from outside, such as residents asked, that no passage answers. */
export function checkQuestions(
  questions: readonly string[],
  { knowledge, today, onQuestion }: SearchOptions,
): Finding[] {
  return questions.flatMap((question, at): Finding[] => {
    onQuestion?.(at + 1, questions.length)
    const answer = knowledge.ask(question, { today })
    if (answer.answered) return []
    return [{ kind: 'finds nothing', status: 'note', places: [question], message: nearest(answer) }]
  })
}

function nearest({ sources: [first] }: Answer): string {
  return first === undefined
    ? 'nothing is near: a document on it is missing'
    : `not surely answered; nearest is ${first.id}: add the answer, or this question after 问法`
}
