import type { Passage } from './answer.ts'
import { excerpt } from './excerpt.ts'
import { withoutPrivateNumbers } from './private-numbers.ts'

/** A message that people read to its end in a group. */
const longestAnswer = 300
/** However long the title is, this much of the answer is said. */
const shortestBody = 120
const sampleMark = /（示例）/g

/** For rows that name no source: residents need not know our files. */
const fromHere = '本社区资料'

/** The passage's words without numbers of cards, then where they come from. `today`: 2026-11-18. */
export function answerText(passage: Passage, question: string, today: string): string {
  const tail = attribution(passage, today)
  // before it is cut: half a number is still one
  const text = withoutPrivateNumbers(passage.text)
  const body = excerpt(text, question, Math.max(shortestBody, longestAnswer - tail.length - 1))
  return tail === '' ? body : `${body}\n${tail}`
}

/** Where it comes from, and whether it still holds: the lines below every answer. */
export function attribution(passage: Passage, today: string): string {
  return [expiryOf(passage, today), sourceOf(passage)].filter((line) => line !== '').join('\n')
}

export function isExpired(passage: Passage, today: string): boolean {
  return passage.validUntil !== undefined && passage.validUntil < today
}

function expiryOf(passage: Passage, today: string): string {
  return isExpired(passage, today) ? `（已于${passage.validUntil}到期，请以最新通知为准）` : ''
}

/** ——《老年证办理》 幸福街道民政办公室（示例） 民政〔2026〕6号，2026-03-01发布 */
function sourceOf(passage: Passage): string {
  const title = passage.title === '' ? undefined : `《${passage.title}》`
  const parts = [title, passage.source, passage.number].filter((part) => part !== undefined && part !== '')
  const issued = passage.issued === undefined ? '' : `，${passage.issued}发布`
  return `——${withOneMark(`${parts.join(' ') || fromHere}${issued}`)}`
}

/** Samples must be known as samples, once is enough: 示例民政〔2026〕6号 says it as well. */
function withOneMark(line: string): string {
  const bare = line.replace(sampleMark, '')
  return bare === line || bare.includes('示例') ? bare : `${bare}（示例）`
}
