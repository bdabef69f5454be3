import { stringify } from 'yaml'
import { type Draft, visible } from './block.ts'
import { type Recognised, recognise } from './recognise.ts'
import { cutIntoSections, type Section } from './sections.ts'

/** A document of any format as one of our policies in Markdown, and what a person should know about it. */
export interface WrittenPolicy {
  readonly text: string
  readonly recognised: Recognised
  readonly sections: number
  readonly lost: readonly string[]
}

/** `name`: of the file without its ending. @returns undefined when there is no text */
export function writePolicy(draft: Draft, name: string): WrittenPolicy | undefined {
  const all = draft.blocks.map((block) => ({ ...block, text: visible(block.text) }))
  const recognised = recognise(all, draft.about, name)
  const rest = all.filter((_, at) => !recognised.consumed.has(at))
  // a title with nothing below it is all that the document says
  const blocks = rest.some(({ text }) => text.trim() !== '') ? rest : all
  const { sections, empty } = cutIntoSections(blocks)
  if (sections.length === 0) return undefined
  const text = `${frontMatterOf(recognised)}\n${bodyOf(sections)}`
  const lost = [
    ...draft.lost,
    ...(empty.length > 0
      ? [`${empty.length} ${empty.length === 1 ? 'heading' : 'headings'} without text (${shortened(empty)})`]
      : []),
  ]
  return { text, recognised, sections: sections.length, lost }
}

function shortened(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join('; ')}; …` : names.join('; ')
}

function frontMatterOf({ title, source, number, issued, validUntil, phone }: Recognised): string {
  const fields = {
    title,
    ...(source !== undefined && { source }),
    ...(number !== undefined && { number }),
    ...(issued !== undefined && { issued }),
    ...(validUntil !== undefined && { valid_until: validUntil }),
    ...(phone !== undefined && { phone }),
  }
  return `---\n${stringify(fields, { lineWidth: 0 })}---\n`
}

/** Each heading once, also those that only lead to others. */
function bodyOf(sections: readonly Section[]): string {
  const lines: string[] = []
  let open: readonly string[] = []
  for (const { path, paragraphs } of sections) {
    const same = path.findIndex((text, at) => open[at] !== text)
    const from = same === -1 ? path.length - 1 : same
    for (let at = Math.max(0, from); at < path.length; at++)
      lines.push(`${'#'.repeat(at + 2)} ${path[at]}`, '')
    for (const paragraph of paragraphs) if (paragraph.trim() !== '') lines.push(asText(paragraph), '')
    open = path
  }
  return `${lines.join('\n').trimEnd()}\n`
}

/** A line of the text must not be read as a heading. */
function asText(paragraph: string): string {
  return paragraph
    .split('\n')
    .map((line) => line.trim().replace(/^#{1,6}(?=\s)/u, (marks) => '＃'.repeat(marks.length)))
    .filter((line) => line !== '')
    .join('\n')
}
