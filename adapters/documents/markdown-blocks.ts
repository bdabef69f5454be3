import type { Block, Draft } from '../../knowledge/documents/block.ts'

/** Markdown of others: headings of any depth, underlined ones too; pictures are left out, links keep their words. */
export function readMarkdown(text: string): Draft {
  const { plain, pictures } = withoutPictures(text)
  const reader = new LineReader()
  for (const line of plain.split(/\r\n|\r|\n/u)) reader.read(line)
  reader.endParagraph()
  const lost = pictures > 0 ? [`${pictures} picture${pictures > 1 ? 's' : ''}`] : []
  return { blocks: reader.blocks, about: {}, lost }
}

class LineReader {
  readonly blocks: Block[] = []
  #open: string[] = []
  #fenced = false

  read(line: string): void {
    if (isFence(line)) this.#fenced = !this.#fenced
    else if (this.#fenced) this.#open.push(line)
    else if (line.trim() === '') this.endParagraph()
    else if (/^(=|-){3,}\s*$/u.test(line)) this.#rule(line)
    else if (!isTableRule(line)) this.#words(line)
  }

  endParagraph(): void {
    if (this.#open.length > 0) this.blocks.push({ kind: 'paragraph', text: this.#open.join('\n') })
    this.#open = []
  }

  /** Under one line of text it makes that a heading. */
  #rule(line: string): void {
    if (this.#open.length === 1) this.#heading(line.startsWith('=') ? 1 : 2, this.#open.pop() ?? '')
    else this.endParagraph()
  }

  #words(line: string): void {
    const [, marks, words] = /^(#{1,6})\s+(.*?)\s*#*$/u.exec(line) ?? []
    if (marks === undefined || !words) this.#open.push(spoken(line))
    else this.#heading(marks.length, spoken(words))
  }

  #heading(level: number, text: string): void {
    this.endParagraph()
    this.blocks.push({ kind: 'heading', level, text })
  }
}

function withoutPictures(text: string): { readonly plain: string; readonly pictures: number } {
  const picture = /!\[[^\]]*\]\([^)]*\)/gu
  return { plain: text.replaceAll(picture, ''), pictures: text.match(picture)?.length ?? 0 }
}

function isFence(line: string): boolean {
  return /^\s*(```|~~~)/u.test(line)
}

function isTableRule(line: string): boolean {
  return line.includes('|') && /^[\s|:-]+$/u.test(line)
}

/** Without the marks that are not read aloud; a row of a table as its cells. */
function spoken(line: string): string {
  const cells = /^\s*\|(.*)\|\s*$/u.exec(line)?.[1]
  return (
    cells === undefined
      ? line
      : cells
          .split('|')
          .map((cell) => cell.trim())
          .join('；')
  )
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/gu, '$1')
    .replaceAll(/(\*\*|__)(.+?)\1/gu, '$2')
    .trim()
}
