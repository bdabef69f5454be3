import type { Block, SaidByFile } from './block.ts'
import { isOnlyDay, lastDayAfter, readDay } from './day.ts'
import { headLength, plain, readTitle } from './title.ts'

/**
 * What a document says about itself, taken only where it stands plainly: under its own label, or alone on a line
 * where such things stand. Two different ones are none: a person has to choose.
 */
export interface Recognised {
  readonly title: string
  readonly number?: string
  readonly issued?: string
  readonly validUntil?: string
  readonly source?: string
  readonly phone?: string
  /** Blocks that said nothing else: they are not part of the text. */
  readonly consumed: ReadonlySet<number>
  /** What a person should look at. */
  readonly doubts: readonly string[]
}

const tailLength = 8

/** `name`: of the file without its ending, the title when there is no better one. */
export function recognise(blocks: readonly Block[], about: SaidByFile, name: string): Recognised {
  const doubts: string[] = []
  const consumed = new Set<number>()
  const number = readNumber(blocks, consumed, doubts)
  const title = readTitle(blocks, about, consumed)
  if (title === undefined) doubts.push(`no title found: named after the file`)
  const issued = readIssued(blocks, about, consumed, doubts)
  const validUntil = readValidity(blocks)
  const source = about.source ?? labelled(blocks, sourceLabels) ?? readSignature(blocks, consumed)
  const phone = readPhone(blocks)
  return {
    title: title ?? name,
    ...(number !== undefined && { number }),
    ...(issued !== undefined && { issued }),
    ...(validUntil !== undefined && { validUntil }),
    ...(source !== undefined && { source }),
    ...(phone !== undefined && { phone }),
    ...{ consumed, doubts },
  }
}

const documentNumber =
  /[\p{Script=Han}A-Za-z]{1,16}\s?[〔[［（(【]\s?(?:19|20)\d{2}\s?[〕\]］）)】]\s?第?\s?\d{1,5}\s?号/u
const numberLabels = ['文号', '发文字号', '文件编号', '发文文号', '文件号', '公文字号']
const dateLabels = ['发布日期', '印发日期', '发文日期', '成文日期', '发布时间', '公布日期', '签发日期']
const sourceLabels = [
  '来源',
  '发布机构',
  '发文机关',
  '发布单位',
  '发文单位',
  '印发单位',
  '信息来源',
  '制定单位',
]
const phoneLabels = ['咨询电话', '联系电话', '服务电话', '办公电话', '咨询热线', '联系方式']

/** Lines of all blocks, each with the block it stands in. */
function* linesOf(blocks: readonly Block[]): Generator<{ readonly at: number; readonly line: string }> {
  for (const [at, { text }] of blocks.entries())
    for (const line of text.split('\n')) yield { at, line: line.trim() }
}

/** The only value behind one of the labels; a label and its value may be cells of one line. */
function labelled(blocks: readonly Block[], labels: readonly string[]): string | undefined {
  const values = allLabelled(blocks, labels)
  return values.size === 1 ? [...values][0] : undefined
}

function allLabelled(blocks: readonly Block[], labels: readonly string[]): Set<string> {
  const shape = new RegExp(
    `(?:^|[\\s；;，。|｜【（(\\[])(?:${labels.map(spaced).join('|')})[】\\]]?\\s*[：:]\\s*([^\\s；;|｜。]{1,60}(?: [^\\s；;|｜。：:]{1,30})?)`,
    'gu',
  )
  const values = new Set<string>()
  for (const { line } of linesOf(blocks))
    for (const [, value = ''] of line.matchAll(shape)) if (value !== '') values.add(value.trim())
  return values
}

/** 文　　号 is written wide to fill its cell. */
function spaced(label: string): string {
  return [...label].join('\\s*')
}

function readNumber(blocks: readonly Block[], consumed: Set<number>, doubts: string[]): string | undefined {
  const found = new Set<string>()
  for (const value of allLabelled(blocks, numberLabels)) {
    const [number] = documentNumber.exec(value) ?? []
    if (number !== undefined) found.add(number)
  }
  if (found.size === 0)
    for (const [at, { text }] of blocks.slice(0, headLength).entries()) {
      const line = text.trim()
      const match = documentNumber.exec(line)
      // alone on its line, or beside the name of who signed it; elsewhere it is a document that is referred to
      if (!match || match.index > 0) continue
      const behind = line.slice(match[0].length).trim()
      if (behind !== '' && !/^签发/u.test(behind)) continue
      found.add(match[0])
      consumed.add(at)
    }
  const numbers = [...found].map((each) => each.replaceAll(/\s/gu, ''))
  if (numbers.length > 1) doubts.push(`several numbers (${numbers.join(', ')}): none was taken`)
  return numbers.length === 1 ? numbers[0] : undefined
}

function readIssued(
  blocks: readonly Block[],
  about: SaidByFile,
  consumed: Set<number>,
  doubts: string[],
): string | undefined {
  const said = about.issued === undefined ? undefined : readDay(about.issued)
  if (said !== undefined) return said
  for (const label of dateLabels) {
    const days = new Set([...allLabelled(blocks, [label])].map(readDay).filter((day) => day !== undefined))
    if (days.size === 1) return [...days][0]
  }
  const alone = [...blocks.entries()].filter(
    ([at, { text }]) => (at < headLength || at >= blocks.length - tailLength) && isOnlyDay(text),
  )
  const days = new Set(alone.map(([, { text }]) => readDay(text)).filter((day) => day !== undefined))
  if (days.size === 1) {
    for (const [at] of alone) consumed.add(at)
    return [...days][0]
  }
  if (days.size > 1)
    doubts.push(`several dates (${[...days].join(', ')}): none was taken as the date of issue`)
  return days.size > 1 ? undefined : readPublished(blocks)
}

/** （2026年3月1日示例市人民政府发布）, or 2026年3月1日印发 at the foot. */
function readPublished(blocks: readonly Block[]): string | undefined {
  const days = new Set<string>()
  for (const { at, line } of linesOf(blocks)) {
    if (at >= headLength && at < blocks.length - tailLength) continue
    const head = /^[（(].{8,60}(?:发布|公布|通过|印发)[）)]?$/u.test(line)
    const foot = line.length <= 50 && /印发$/u.test(line)
    const day = head || foot ? readDay(line) : undefined
    if (day !== undefined) days.add(day)
  }
  return days.size === 1 ? [...days][0] : undefined
}

const until = /有效期(?:限)?\s*(?:至|到|截至|截止到?)\s*[：:]?\s*([^，。；、）)]{8,16})/gu
const untilFrom = /有效期(?:限)?[^。；]{0,4}?(?:自|从).{8,16}?(?:起)?至([^，。；、）)]{8,16})/gu
const forYears =
  /自(\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|执行|实施|生效)[，,；;]?\s*有效期(?:限)?(?:为|是)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*年/gu

function readValidity(blocks: readonly Block[]): string | undefined {
  const days = new Set<string>()
  for (const { line } of linesOf(blocks)) {
    const text = line.normalize('NFKC').replaceAll(/(?<=\p{Script=Han}|\d) (?=\p{Script=Han}|\d)/gu, '')
    for (const [, end = ''] of [...text.matchAll(until), ...text.matchAll(untilFrom)]) {
      const day = readDay(end)
      if (day !== undefined) days.add(day)
    }
    for (const [, start = '', years = ''] of text.matchAll(forYears)) {
      const day = readDay(start)
      if (day !== undefined) days.add(lastDayAfter(day, yearsOf(years)))
    }
  }
  return days.size === 1 ? [...days][0] : undefined
}

function yearsOf(text: string): number {
  const small = '一二三四五六七八九十'.indexOf(text) + 1
  return small > 0 ? small : Number(text)
}

/** An office alone on the line above the day at the foot. */
function readSignature(blocks: readonly Block[], consumed: Set<number>): string | undefined {
  for (let at = Math.max(1, blocks.length - tailLength); at < blocks.length; at++) {
    const text = plain(blocks[at - 1]?.text ?? '')
    if (!isOnlyDay(blocks[at]?.text ?? '') || text.length < 4 || text.length > 30) continue
    if (
      !/(局|委|办|厅|部|政府|委员会|办公室|街道办事处|办事处|社区|居委会|村委会|中心|站|公司|协会|管委会)$/u.test(
        text,
      )
    )
      continue
    consumed.add(at - 1)
    return text
  }
  return undefined
}

function readPhone(blocks: readonly Block[]): string | undefined {
  const numbers = new Set<string>()
  for (const value of allLabelled(blocks, phoneLabels)) {
    const [number] = /(?:\d{3,4}-)?\d{5,11}(?:-\d{1,6})?/u.exec(value) ?? []
    if (number !== undefined) numbers.add(number)
  }
  return numbers.size === 1 ? [...numbers][0] : undefined
}
