import type { Block, SaidByFile } from './block.ts'
import { isOnlyDay } from './day.ts'
import { readMarker } from './markers.ts'

/** So many blocks from the top may belong to the letterhead and the title. */
export const headLength = 14
const longestTitle = 60

const titleEnd =
  /(通知|公告|通告|公示|意见|决定|批复|函|办法|细则|规定|条例|指南|须知|方案|规则|标准|说明|问答|清单|守则|公约|政策|手册|解读|流程|倡议书?|告知书|一封信)(（[^）]{1,12}）)?$/u

/** 某某市民政局文件 and 第3期 stand above the title. */
const letterhead = /(文件|第.{1,4}期)$/u

/** The title of a document; the blocks that are nothing else go into `consumed`. */
export function readTitle(
  blocks: readonly Block[],
  about: SaidByFile,
  consumed: Set<number>,
): string | undefined {
  const head = blocks.slice(0, headLength)
  if (about.title !== undefined) {
    const title = plain(about.title)
    for (const [at, { text }] of head.entries()) if (plain(text) === title) consumed.add(at)
    return title
  }
  const lines = headingLine(blocks, head, consumed) ?? titleLines(head, consumed)
  for (const at of lines) consumed.add(at)
  for (const at of head.keys())
    if (at < (lines[0] ?? 0) && letterhead.test(plain(head[at]?.text ?? ''))) consumed.add(at)
  return lines.length === 0 ? undefined : plain(lines.map((at) => head[at]?.text ?? '').join(''))
}

/** A heading that opens the document. Below a line that reads as a title it is the first section instead. */
function headingLine(
  blocks: readonly Block[],
  head: readonly Block[],
  consumed: ReadonlySet<number>,
): number[] | undefined {
  const first = head.findIndex(({ kind }) => kind === 'heading')
  if (first === -1 || !opensTheDocument(blocks, first)) return undefined
  const isSection = levelOf(head[first]) > 1 && titleLines(head.slice(0, first), consumed).length > 0
  return isSection ? undefined : [first]
}

/** The only heading of its level, before everything but a letterhead. */
function opensTheDocument(blocks: readonly Block[], first: number): boolean {
  const level = levelOf(blocks[first])
  return first <= 3 && level <= 6 && blocks.filter((block) => levelOf(block) <= level).length === 1
}

function levelOf(block: Block | undefined): number {
  return block?.kind === 'heading' ? block.level : Number.POSITIVE_INFINITY
}

/** The line that ends as titles do, else one at the very top. */
function titleLines(head: readonly Block[], consumed: ReadonlySet<number>): number[] {
  const likely = head.flatMap((block, at) => (consumed.has(at) || !canBeTitle(block) ? [] : [at]))
  const named = likely.find((at) => titleEnd.test(plain(head[at]?.text ?? '')))
  const chosen = named ?? likely.find((at) => at <= 2)
  if (chosen === undefined) return []
  // 关于…… on one line, ……的通知 on the next
  const before = plain(head[chosen - 1]?.text ?? '')
  const joins = likely.includes(chosen - 1) && /^.{0,20}关于/u.test(before) && !titleEnd.test(before)
  return joins ? [chosen - 1, chosen] : [chosen]
}

function canBeTitle(block: Block): boolean {
  const text = plain(block.text)
  if (block.kind === 'heading' || text.length < 2 || text.length > longestTitle) return false
  if (block.text.trim().includes('\n') || /[。；，：:！？?]$/u.test(text)) return false
  return !letterhead.test(text) && readMarker(text) === undefined && !isOnlyDay(text)
}

/** Chinese text has no gaps inside; those of a title come from its lay-out. */
export function plain(text: string): string {
  return text
    .trim()
    .replaceAll(/(?<=[A-Za-z0-9])\s+(?=[A-Za-z0-9])/gu, ' ')
    .replaceAll(/(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])/gu, '')
}
