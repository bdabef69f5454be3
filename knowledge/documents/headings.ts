import type { Block } from './block.ts'
import { articleRank, firstListRank, type Marker, questionRank, readMarker } from './markers.ts'

/**
 * Headings among paragraphs that are not marked as such: numbered ones (第一条, 一、, （一）), questions of a list
 * of questions and answers. What only numbers a list stays text.
 */
export type Piece =
  | { readonly kind: 'heading'; readonly rank: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }

/** How a paragraph would read as a heading. */
interface Reading {
  readonly rank: number
  readonly heading: string
  /** The text that follows in the same paragraph. */
  readonly body: string
  /** Sure without looking at its neighbours. */
  readonly sure: boolean
  /** It has text of its own, so that it would not be an empty section. */
  readonly filled: boolean
}

const longestHeading = 40
const longestQuestion = 60
/** Of an article, in its heading. */
const longestClause = 20
/** Below all that is numbered, above single questions. */
const boldRank = questionRank - 0.5
/** Real headings stand above all numbered ones. */
const aboveMarkers = -10

export function findHeadings(blocks: readonly Block[]): Piece[] {
  // a writer who marks headings has said what is one; articles and questions are headings all the same
  const marked = blocks.filter(({ kind }) => kind === 'heading').length >= 2
  const readings = readAll(blocks, marked)
  const kept = withoutLists(blocks, readings)
  return blocks.flatMap((block, at): Piece[] => {
    if (block.kind === 'heading')
      return [{ kind: 'heading', rank: block.level + aboveMarkers, text: oneLine(block.text) }]
    const reading = kept[at]
    if (reading === undefined) return [{ kind: 'text', text: withoutAnswerMark(block.text) }]
    const heading: Piece = { kind: 'heading', rank: reading.rank, text: reading.heading }
    return reading.body === '' ? [heading] : [heading, { kind: 'text', text: reading.body }]
  })
}

function readAll(blocks: readonly Block[], marked: boolean): (Reading | undefined)[] {
  let article = 0
  return blocks.map((block, at) => {
    if (block.kind === 'heading') return undefined
    const text = block.text.trim()
    const question = readQuestion(text, blocks[at + 1])
    if (question) return question
    const marker = readMarker(text)
    if (marker === undefined) return marked ? undefined : readBold(block, blocks[at + 1])
    if (marker.rank === articleRank) {
      const reading = readArticle(text, marker, article)
      if (reading) article = marker.number
      return reading
    }
    if (marker.rank < articleRank) return readChapter(text, marker)
    return marked ? undefined : readNumbered(text, marker)
  })
}

const asked = /^(?:问题?|[Qq])\s*\d{0,3}\s*[：:.、]\s*(\S.*)$/u
const answered = /^(?:答案?|回答|答复|[Aa])\s*\d{0,3}\s*[：:]\s*/u

/** 问：… before 答：…, or a short question with an answer below. */
function readQuestion(text: string, next: Block | undefined): Reading | undefined {
  const follows = next?.kind === 'paragraph' ? next.text.trim() : ''
  const [, question] = asked.exec(text) ?? []
  const made = (heading: string, rank: number): Reading => ({
    ...{ rank, heading: oneLine(heading), body: '', sure: true, filled: follows !== '' },
  })
  if (question !== undefined && follows !== '') return made(question, questionRank)
  if (!/[？?]$/u.test(text) || text.length > longestQuestion || text.includes('\n')) return undefined
  if (follows === '' || /[？?]$/u.test(follows)) return undefined
  const marker = readMarker(text)
  return made(marker?.rest ?? text, marker?.rank ?? questionRank)
}

/** A short line that is all bold, above one that is not. */
function readBold(block: Block, next: Block | undefined): Reading | undefined {
  const text = block.text.trim()
  if (block.kind === 'heading' || !block.bold || text.length > longestHeading || /[。；，;]$/u.test(text))
    return undefined
  if (next?.kind !== 'paragraph' || next.bold) return undefined
  const heading = oneLine(text.replace(/[：:]$/u, ''))
  return { rank: boldRank, heading, body: '', sure: true, filled: true }
}

function withoutAnswerMark(text: string): string {
  return text.replace(answered, '')
}

/** 第十二条规定的… in the middle of a text is no article: behind one stands a gap, a caption, or it is the next one. */
function readArticle(text: string, marker: Marker, last: number): Reading | undefined {
  const behind = text.slice(marker.mark.length)
  const [caption = ''] = /^\s*[【（(][^】）)]{1,20}[】）)]/u.exec(behind) ?? []
  if (caption === '' && !/^[\s　]|^$/u.test(behind) && marker.number !== last + 1) return undefined
  // 第十二条 alone is asked for by nobody
  const [clause = ''] = caption === '' ? (/^[^。；，、：:;,\n]+/u.exec(marker.rest) ?? []) : []
  const words = clause.slice(0, longestClause).trim()
  const heading = words === '' ? `${marker.mark}${caption.trim()}` : `${marker.mark} ${words}`
  return {
    ...{ rank: articleRank, heading: oneLine(heading), body: text, sure: true },
    filled: marker.rest !== '',
  }
}

function readChapter(text: string, { rank }: Marker): Reading | undefined {
  if (text.length > longestHeading || /[。；，]/u.test(text)) return undefined
  return { rank, heading: oneLine(text), body: '', sure: true, filled: true }
}

/** The lengths from which a numbered paragraph is a section of its own rather than an item. */
const longParagraph = new Map([
  [firstListRank, 60],
  [6, 120],
])

function readNumbered(text: string, { rank, mark, rest }: Marker): Reading | undefined {
  if (/[；;]$/u.test(text)) return undefined
  const bare = text.replace(/[：:]$/u, '')
  if (bare.length <= longestHeading && !/[。；，：:\n]/u.test(bare))
    return { rank, heading: oneLine(bare), body: '', sure: false, filled: false }
  const [, first, more] = /^([^。；，：:\n]{2,25})[。：:\n]\s*(\S[\s\S]*)$/u.exec(rest) ?? []
  if (first !== undefined && more !== undefined && more.length >= (rank === firstListRank ? 6 : 15))
    return { rank, heading: `${mark}${first}`, body: more, sure: false, filled: true }
  if (text.length < (longParagraph.get(rank) ?? Number.POSITIVE_INFINITY)) return undefined
  const [clause = ''] = /^[^。；，：:\n]{1,30}/u.exec(rest) ?? []
  return { rank, heading: `${mark}${clause}`, body: text, sure: false, filled: true }
}

/** Siblings are headings together or not at all: most of them must have text below. */
const enoughFilled = 0.6

function withoutLists(
  blocks: readonly Block[],
  readings: readonly (Reading | undefined)[],
): (Reading | undefined)[] {
  const kept = withoutArticleItems(blocks, readings)
  for (let rank = firstListRank; rank < questionRank; rank++)
    for (const group of siblings(blocks, kept, rank)) {
      const filled = group.filter((at) => kept[at]?.filled || hasBelow(blocks, kept, at, rank))
      if (filled.length < enoughFilled * group.length) for (const at of group) kept[at] = undefined
    }
  return kept
}

/** What is numbered inside an article is its list. */
function withoutArticleItems(
  blocks: readonly Block[],
  readings: readonly (Reading | undefined)[],
): (Reading | undefined)[] {
  let inArticle = false
  return blocks.map(({ kind }, at) => {
    const reading = readings[at]
    if (kind === 'heading' || (reading && reading.rank < articleRank)) inArticle = false
    if (reading?.rank === articleRank) inArticle = true
    return inArticle && reading?.sure === false ? undefined : reading
  })
}

/** The places of numbered paragraphs of one rank, below one parent each. */
function siblings(
  blocks: readonly Block[],
  readings: readonly (Reading | undefined)[],
  rank: number,
): number[][] {
  const groups: number[][] = [[]]
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as Block
    const reading = readings[at]
    const above = block.kind === 'heading' || (reading !== undefined && reading.rank < rank)
    if (above) groups.push([])
    // items that no heading can be made of count as well: they show that this is a list
    else if (reading ? reading.rank === rank && !reading.sure : readMarker(block.text.trim())?.rank === rank)
      groups.at(-1)?.push(at)
  }
  return groups.filter((group) => group.length > 0)
}

function hasBelow(
  blocks: readonly Block[],
  readings: readonly (Reading | undefined)[],
  at: number,
  rank: number,
): boolean {
  const next = blocks[at + 1]
  if (readings[at] === undefined || next === undefined || next.kind === 'heading') return false
  const reading = readings[at + 1]
  const marker = readMarker(next.text.trim())
  return reading ? reading.rank > rank : marker === undefined || marker.rank > rank
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
