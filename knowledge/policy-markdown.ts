import { type Document, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Passage } from './answer.ts'
import type { DocumentProblem } from './document-problem.ts'

/**
 * A policy as Markdown: front matter, then one section for each question.
 *
 *   ---
 *   title: 老年证办理
 *   issued: 2026-03-01
 *   ---
 *   ## 多大能办老年证？
 *   问法：老年证几岁办｜60岁能办啥证
 *   年满60周岁就能办。
 *
 * One section is one passage. A file without front matter takes its title from its first `# ` heading.
 */

const day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected a day such as 2026-03-01')

const words = z
  .string('expected some text: write it, or leave the line out if it may be missing')
  .trim()
  .min(1, 'expected some text; leave the line out if there is none')

const frontMatter = z.strictObject({
  title: words,
  source: words.optional(),
  number: words.optional(),
  issued: day.optional(),
  valid_until: day.optional(),
  region: words.optional(),
  tags: z.array(words).optional(),
  phone: words.optional(),
  url: words.optional(),
  sample: z.boolean().optional(),
})
type FrontMatter = z.infer<typeof frontMatter>

export interface ParsedDocument {
  readonly passages: readonly Passage[]
  /** Where each passage stands, from 1; of tables, whose ids people write themselves. */
  readonly lines?: readonly number[]
  readonly problems: readonly DocumentProblem[]
}

interface Section {
  readonly heading: string
  /** Of the heading, from 1. */
  readonly line: number
  readonly body: string[]
}

/** Longer sections are cut at blank lines: a passage is what one answer can quote. */
const longestPassage = 1200

/** `file` is the path within the knowledge base; without its ending it begins the ids. */
export function parsePolicy(file: string, text: string): ParsedDocument {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const problems: DocumentProblem[] = []
  const report = (line: number, message: string) => problems.push({ file, line, message })

  const end = lines[0]?.trim() === '---' ? lines.findIndex((line, at) => at > 0 && line.trim() === '---') : 0
  if (end === -1) {
    report(
      1,
      "expected a second line '---' to end the front matter, but there is none: add it before the text",
    )
    return { passages: [], problems }
  }
  const about = end === 0 ? titleOnly(lines, report) : readFrontMatter(lines.slice(1, end).join('\n'), report)
  const sections = readSections(lines, end === 0 ? 0 : end + 1)
  const filled = sections.filter((section) => section.body.join('').trim() !== '')
  for (const section of sections) {
    if (section.heading !== '' && answerOf(section.body).text === '' && !hasChildren(section, sections)) {
      report(
        section.line,
        `expected an answer under '${section.heading}', but found none: write it or remove the heading`,
      )
    }
  }
  if (filled.length === 0 && problems.length === 0) {
    report(
      lines.length,
      "expected at least one section '## question' with an answer, but the file has no text",
    )
  }
  if (about === undefined || problems.length > 0) {
    return { passages: [], problems }
  }
  return { passages: toPassages(file, about, filled), problems }
}

function titleOnly(
  lines: readonly string[],
  report: (line: number, message: string) => void,
): FrontMatter | undefined {
  const heading = lines.find((line) => /^# \S/.test(line))
  if (heading === undefined) {
    report(
      1,
      "expected front matter ('---', title: …, '---') or a first line '# title', but found neither: add one",
    )
    return undefined
  }
  return { title: heading.slice(2).trim() }
}

function readFrontMatter(
  source: string,
  report: (line: number, message: string) => void,
): FrontMatter | undefined {
  const counter = new LineCounter()
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false })
  // The line of '---' comes before the first line of the source.
  const lineOf = (offset: number) => counter.linePos(offset).line + 1
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      report(
        lineOf(error.pos[0]),
        `expected YAML such as 'title: …', but ${error.message}: put text with ':' in quotes`,
      )
    }
    return undefined
  }
  const parsed = frontMatter.safeParse(document.toJS() ?? {})
  if (parsed.success) {
    return parsed.data
  }
  for (const issue of parsed.error.issues) {
    report(lineOf(offsetOf(document, issue)), describeIssue(issue))
  }
  return undefined
}

function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  const path = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : issue.path
  const node: unknown = path.length === 0 ? undefined : document.getIn(path, true)
  if (node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
    return Number(node.range[0])
  }
  return 0
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(frontMatter.shape).join(', ')
    return `expected one of ${known}, but found '${issue.keys.join("', '")}': correct or remove it`
  }
  const name = issue.path.join('.')
  return name === '' ? `front matter: ${issue.message}` : `${name}: ${issue.message}`
}

/** Text before the first question belongs to a section without a heading. */
function readSections(lines: readonly string[], from: number): Section[] {
  const sections: Section[] = [{ heading: '', line: from + 1, body: [] }]
  const open: { readonly depth: number; readonly words: string }[] = []
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as string
    const [, marks, words] = /^(#{1,6})\s+(.*\S)\s*$/.exec(line) ?? []
    if (marks === undefined || words === undefined) {
      sections.at(-1)?.body.push(line)
      continue
    }
    if (marks.length === 1) {
      // The title once more: front matter has it.
      continue
    }
    while ((open.at(-1)?.depth ?? 0) >= marks.length) {
      open.pop()
    }
    open.push({ depth: marks.length, words })
    sections.push({ heading: open.map((each) => each.words).join(pathMark), line: at + 1, body: [] })
  }
  return sections
}

/** 一、适用范围 > （二）外地老人: a smaller heading with those it stands under. */
const pathMark = ' > '

/** A heading may stand for the smaller headings below it. */
function hasChildren(section: Section, sections: readonly Section[]): boolean {
  const next = sections[sections.indexOf(section) + 1]
  return next?.heading.startsWith(`${section.heading}${pathMark}`) ?? false
}

function answerOf(body: readonly string[]): { alsoAsked: readonly string[]; text: string } {
  const at = body.findIndex((line) => line.trim() !== '')
  const [, asked] = /^问法[：:](.*)$/.exec(body[at]?.trim() ?? '') ?? []
  const rest = asked === undefined ? body : body.slice(at + 1)
  const alsoAsked = (asked ?? '')
    .split(/[｜|]/)
    .map((question) => question.trim())
    .filter((question) => question !== '')
  return { alsoAsked, text: rest.join('\n').trim() }
}

function toPassages(file: string, about: FrontMatter, sections: readonly Section[]): Passage[] {
  const name = file.replace(/\.[^./\\]+$/, '')
  const taken = new Map<string, number>()
  const passages: Passage[] = []
  for (const { heading, body } of sections) {
    const { alsoAsked, text } = answerOf(body)
    for (const part of partsOf(text)) {
      const id = `${name}#${heading.replace(/[\s\p{P}]+/gu, '') || '前言'}`
      const count = (taken.get(id) ?? 0) + 1
      taken.set(id, count)
      passages.push({
        id: count === 1 ? id : `${id}-${count}`,
        title: about.title,
        heading,
        alsoAsked,
        text: part,
        tags: about.tags ?? [],
        ...(about.source !== undefined && { source: about.source }),
        ...(about.number !== undefined && { number: about.number }),
        ...(about.issued !== undefined && { issued: about.issued }),
        ...(about.valid_until !== undefined && { validUntil: about.valid_until }),
        ...(about.phone !== undefined && { phone: about.phone }),
        ...(about.url !== undefined && { url: about.url }),
        ...(about.region !== undefined && { region: about.region }),
      })
    }
  }
  return passages
}

function partsOf(text: string): string[] {
  const parts: string[] = []
  for (const paragraph of text.split(/\n\s*\n/).flatMap(cutAtSentences)) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + paragraph.length < longestPassage) {
      parts[parts.length - 1] = `${last}\n${paragraph}`
    } else {
      parts.push(paragraph)
    }
  }
  return parts.filter((part) => part.trim() !== '')
}

/** A paragraph that is too long by itself ends with a line or a sentence; the lines of a table stay whole. */
function cutAtSentences(paragraph: string): string[] {
  if (paragraph.length < 2 * longestPassage) {
    return [paragraph]
  }
  const pieces = paragraph.match(/[^。！？；\n]+[。！？；\n]*/g) ?? [paragraph]
  const parts: string[] = []
  for (const piece of pieces) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + piece.length < longestPassage) {
      parts[parts.length - 1] = last + piece
    } else {
      parts.push(piece)
    }
  }
  return parts.map((part) => part.trim())
}
