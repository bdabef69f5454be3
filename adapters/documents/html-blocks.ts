import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import type { Block, Draft, SaidByFile } from '../../knowledge/documents/block.ts'
import { readTable } from './html-table.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** What a page has around its text. */
const around = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'nav',
  'footer',
  'aside',
  'form',
  'button',
  'select',
  'iframe',
  'svg',
  'head',
])
const blocksOfText = new Set([
  ...['p', 'div', 'section', 'article', 'main', 'header', 'ul', 'ol', 'dl', 'dt', 'dd', 'blockquote', 'pre'],
  ...['figure', 'figcaption', 'body', 'html', 'center', 'fieldset', 'address', 'hr', 'details', 'summary'],
])
/** Where the pages of public offices in China keep the text itself. */
const textHolders = [
  'zoom',
  'ucap-content',
  'trs_editor',
  'trs_ueditor',
  'pages_content',
  'article-content',
  'article_content',
  'news_content',
]

/** A page as blocks: headings, paragraphs, list items and tables in the order they are read in. */
export function readHtml(html: string): Draft {
  const root = parse(html)
  const about = { ...aboutOf(root), ...markedTitle(root) }
  const lost = new Lost()
  const blocks = blocksIn(textOf(root), lost)
  return { blocks, about, lost: lost.list() }
}

/** What is left out of the text, counted. */
class Lost {
  readonly #counts = new Map<string, number>()
  readonly #told = new Set<string>()

  add(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
  }

  /** What has to be said in words of its own. */
  tell(what: string): void {
    this.#told.add(what)
  }

  list(): string[] {
    const counted = [...this.#counts].map(([what, count]) => `${count} ${what}${count > 1 ? 's' : ''}`)
    return [...counted, ...this.#told]
  }
}

function elementsIn(node: { readonly childNodes: readonly Node[] }): Element[] {
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsIn(child)] : []))
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

/** The meta fields that the rules for government sites ask for; `<title>` has the name of the site in it. */
function aboutOf(root: { readonly childNodes: readonly Node[] }): SaidByFile {
  const fields = new Map<string, string>()
  for (const element of elementsIn(root)) {
    if (element.tagName !== 'meta') continue
    const content = attribute(element, 'content')?.trim() ?? ''
    if (content !== '') fields.set((attribute(element, 'name') ?? '').toLowerCase(), content)
  }
  const [title, source, issued] = ['articletitle', 'contentsource', 'pubdate'].map((name) => fields.get(name))
  return { ...(title && { title }), ...(source && { source }), ...(issued && { issued }) }
}

/** A paragraph that is marked as the title, by whoever made HTML of another format. */
export const titleClass = 'document-title'

function markedTitle(root: { readonly childNodes: readonly Node[] }): SaidByFile {
  const marked = elementsIn(root).filter((element) => attribute(element, 'class') === titleClass)
  const title = marked
    .map((element) =>
      blocksIn(element, new Lost())
        .map(({ text }) => text)
        .join(''),
    )
    .join('')
  return title === '' ? {} : { title }
}

/** The element that holds the text when there is exactly one of its kind, else the whole page. */
function textOf(root: { readonly childNodes: readonly Node[] }): { readonly childNodes: readonly Node[] } {
  const all = elementsIn(root)
  const held = all.filter((element) => {
    const names = `${attribute(element, 'id') ?? ''} ${attribute(element, 'class') ?? ''}`
      .toLowerCase()
      .split(/\s+/u)
    return names.some((name) => textHolders.includes(name))
  })
  const outermost = held.filter(
    (element) => !held.some((other) => other !== element && elementsIn(other).includes(element)),
  )
  for (const found of [
    outermost,
    all.filter(({ tagName }) => tagName === 'article'),
    all.filter(({ tagName }) => tagName === 'main'),
  ])
    if (found.length === 1 && found[0] !== undefined) return found[0]
  return root
}

function blocksIn(root: { readonly childNodes: readonly Node[] }, lost: Lost): Block[] {
  const page = new PageReader(lost)
  page.inside(root)
  page.endParagraph()
  return page.blocks
}

class PageReader {
  readonly blocks: Block[] = []
  readonly #lost: Lost
  #line = ''
  /** Characters of the line that are bold. */
  #boldCount = 0
  #boldDepth = 0

  constructor(lost: Lost) {
    this.#lost = lost
  }

  inside(node: { readonly childNodes: readonly Node[] }): void {
    for (const child of node.childNodes) {
      if ('value' in child) this.#text(child.value)
      else if ('tagName' in child && !around.has(child.tagName) && !isHidden(child)) this.#element(child)
    }
  }

  #text(value: string): void {
    this.#line += value.replaceAll(/\s+/gu, ' ')
    if (this.#boldDepth > 0) this.#boldCount += countOf(value)
  }

  /** A line break inside a paragraph ends it, as those who write pages mean it. */
  endParagraph(prefix = ''): void {
    const bold = this.#boldCount > 0 && this.#boldCount === countOf(this.#line)
    for (const line of this.#line.split('\n')) {
      const text = line.replaceAll(/\s+/gu, ' ').trim()
      if (text !== '')
        this.blocks.push({ kind: 'paragraph', text: `${prefix}${text}`, ...(bold && { bold }) })
    }
    this.#clear()
  }

  #element(element: Element): void {
    const { tagName } = element
    if (tagName === 'br') this.#line += '\n'
    else if (tagName === 'img') this.#lost.add('picture')
    else if (tagName === 'video' || tagName === 'object') this.#lost.add('film')
    else if (/^h[1-6]$/u.test(tagName)) this.#heading(element, Number(tagName[1]))
    else if (tagName === 'table') this.#table(element)
    else if (tagName === 'ol') this.#list(element)
    else if (tagName === 'strong' || tagName === 'b') this.#bold(element)
    else if (tagName === 'li' || blocksOfText.has(tagName)) this.#ownParagraph(element)
    else this.inside(element)
  }

  #ownParagraph(element: Element): void {
    this.endParagraph()
    this.inside(element)
    this.endParagraph(element.tagName === 'li' ? '- ' : '')
  }

  #list(element: Element): void {
    const item = loneItem(element)
    if (item === undefined) this.#ownParagraph(element)
    else this.#heading(item, loneItemLevel)
  }

  #bold(element: Element): void {
    this.#boldDepth++
    this.inside(element)
    this.#boldDepth--
  }

  #clear(): void {
    this.#line = ''
    this.#boldCount = 0
  }

  #heading(element: Element, level: number): void {
    this.endParagraph()
    this.inside(element)
    const text = this.#line.replaceAll(/\s+/gu, ' ').trim()
    this.#clear()
    if (text !== '') this.blocks.push({ kind: 'heading', level, text })
  }

  #table(element: Element): void {
    this.endParagraph()
    this.blocks.push(
      ...readTable(
        element,
        (cell) => blocksIn(cell, this.#lost),
        (what) => this.#lost.tell(what),
      ),
    )
  }
}

function countOf(text: string): number {
  return text.replaceAll(/\s+/gu, '').length
}

/** Below the six levels of HTML. */
const loneItemLevel = 7
const longestItem = 40

/**
 * A numbered list of one short item with a paragraph behind it: a heading that its program numbers by itself, as
 * Word and WPS do. The number is not in the file.
 */
function loneItem(element: Element): Element | undefined {
  const items = element.childNodes.filter(
    (child): child is Element => 'tagName' in child && child.tagName === 'li',
  )
  const [item] = items
  if (item === undefined || items.length > 1 || nextElement(element)?.tagName !== 'p') return undefined
  const text = textIn(item).trim()
  return text !== '' && text.length <= longestItem && !/[。；，：;:,]/u.test(text) ? item : undefined
}

function nextElement(element: Element): Element | undefined {
  const siblings = element.parentNode?.childNodes ?? []
  const at = siblings.indexOf(element)
  return siblings.slice(at + 1).find((each): each is Element => 'tagName' in each)
}

function textIn(node: Element): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : 'tagName' in child ? textIn(child) : ''))
    .join('')
}

function isHidden(element: Element): boolean {
  return (
    attribute(element, 'hidden') !== undefined ||
    /display\s*:\s*none/u.test(attribute(element, 'style') ?? '')
  )
}
