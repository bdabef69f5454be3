import type { TopicRow } from '../questions/list-topics.ts'
import { type Finding, good, note } from './finding.ts'
import { queryRows } from './operator-door.ts'

/** How many questions wait for an answer of staff; asked of the running bot, or of the data. */
export async function openQuestions(root: string): Promise<Finding> {
  const quiet = { root, print: () => undefined, warn: () => undefined }
  const rows = await queryRows<TopicRow>(quiet, { type: 'questions', limit: 10_000 })
  if (rows.length === 0) return good('questions: none waits for an answer')
  const [first] = rows
  const most = `most asked: ${first?.id}, by ${first?.askers}`
  return note(`questions: ${rows.length} without an answer; ${most}`, 'read and answer them: linli questions')
}
