import type { House } from '../../house.ts'
import type { Follows, Notice } from '../../notices/notice.ts'

const mostQuoted = 20

/** 【更正】 and 【作废】 with what they speak of. @param text absent: a retraction says itself what it has to say */
export function followingText(house: House, first: Notice, { as }: Follows, text?: string): string {
  const begin = beginningOf(first)
  const words = { begin, text: text ?? '' }
  if (as === 'correction') return house.texts.noticeCorrection(words)
  return text ? house.texts.noticeRetractionWhy(words) : house.texts.noticeRetraction({ begin })
}

/** So much of it that people know which one is meant; of a correction its own words, not what it quotes itself. */
function beginningOf({ text, follows }: Notice): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const own = (follows && lines[1]) || lines[0] || ''
  const sentence = own.split(/(?<=[。！？!?；;])/u)[0] ?? own
  return [...sentence.replace(/[。！？!?；;]$/u, '')].slice(0, mostQuoted).join('')
}
