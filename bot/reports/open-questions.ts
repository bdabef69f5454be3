import type { PlaceNode } from '../documents.ts'
import type { Store } from '../ports/store.ts'
import type { QuestionTopic } from '../questions/question-documents.ts'
import { titleOf } from '../questions/topic.ts'
import { everyDocument } from './every-document.ts'
import type { PlaceTree } from './place-tree.ts'
import type { Report } from './report.ts'

const shown = 3

/** What was asked and nobody has answered yet: how many, and the most asked. */
export async function openQuestions(
  store: Store,
  tree: PlaceTree,
  scope: PlaceNode | undefined,
): Promise<Report['questions']> {
  const isHere = (topic: QuestionTopic) => {
    if (!scope) return true
    const reaches = (chain: readonly PlaceNode[]) => chain.some(({ id }) => id === scope.id)
    return (
      (topic.place !== null && reaches(tree.chain(topic.place))) ||
      topic.groups.some((group) => reaches(tree.homeOfGroup(group)))
    )
  }
  const most: { readonly text: string; readonly askers: number }[] = []
  let open = 0
  const listed = { where: { state: 'open' }, order: 'rank', descending: true }
  for await (const topic of everyDocument<QuestionTopic>(store, 'questionTopics', listed)) {
    if (!isHere(topic)) continue
    open++
    const text = titleOf(topic)
    // those who asked were erased
    if (most.length < shown && text !== '') most.push({ text, askers: topic.askers })
  }
  return { open, most }
}
