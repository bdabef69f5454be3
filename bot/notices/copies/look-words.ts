import type { Texts } from '../../texts.ts'
import type { CopyReason, CopyState } from '../notice.ts'

/** One group's copy with the group's name. */
export interface NamedCopy {
  readonly name: string
  readonly state: CopyState
  readonly reason?: CopyReason
}

const mostNamed = 10

/** The groups that somebody has to look into, by name: few enough to be read on a telephone. @param number 12 */
export function lookWords(texts: Texts, number: string, copies: readonly NamedCopy[]): readonly string[] {
  const unconfirmed = copies.filter(({ state }) => state === 'unconfirmed')
  // where none of our accounts is, sending it again helps nobody
  const failed = copies.filter(({ state, reason }) => state === 'failed' && reason !== 'no-account')
  const [doubtful] = unconfirmed
  const [lost] = failed
  return [
    ...(doubtful
      ? [texts.noticeLookInto({ number, names: namesIn(texts, unconfirmed), example: doubtful.name })]
      : []),
    ...(lost ? [texts.noticeFailedIn({ number, names: namesIn(texts, failed), example: lost.name })] : []),
  ]
}

export function namesIn(texts: Texts, copies: readonly { readonly name: string }[]): string {
  const names = copies.slice(0, mostNamed).map(({ name }) => name)
  return `${names.join('、')}${copies.length > mostNamed ? texts.noticeAndMore({ count: copies.length }) : ''}`
}
