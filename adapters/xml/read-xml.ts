// default import on purpose: the named one passes the type checker and crashes in Node's module loader
import sax, { type SAXParser } from 'sax'
import type { XmlElement } from './element.ts'
import { writable } from './write-xml.ts'

/**
 * Reads a small XML document that a stranger wrote. Nothing is fetched, and nothing is expanded but &amp; &lt; &gt;
 * &quot; &apos; and numbers: a document that declares anything of its own (DOCTYPE, ENTITY) is refused as a whole, and
 * so is one that is too deep, too long or not well formed.
 */
export interface XmlLimits {
  /** UTF-16 units of the whole document. */
  readonly length: number
  readonly depth: number
  readonly elements: number
}

const defaultLimits: XmlLimits = { length: 4 << 20, depth: 16, elements: 50_000 }

export class XmlError extends Error {
  readonly code = 'xml'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'XmlError'
  }
}

/** Without `strictEntities` the names of HTML (&nbsp;) would be known as well. */
const strictly = { xmlns: false, strictEntities: true }

interface Opened {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

/** The root element. @throws XmlError saying what is wrong and in which line */
export function readXml(document: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const { length, depth, elements } = { ...defaultLimits, ...limits }
  if (document.length > length)
    throw new XmlError(`expected at most ${length} characters of XML, but ${document.length} came`)
  assertUtf8(document)
  const reader = sax.parser(true, strictly)
  const open: Opened[] = []
  let root: XmlElement | undefined
  let count = 0
  reader.onopentag = ({ name }) => {
    count += 1
    if (count > elements) throw faultAt(reader, `more than ${elements} elements`)
    if (open.length >= depth) throw faultAt(reader, `elements more than ${depth} deep`)
    if (root) throw faultAt(reader, 'something stands behind the end of the document')
    open.push({ name: withoutPrefix(name), text: '', children: [] })
  }
  reader.onclosetag = () => {
    const closed = open.pop()
    if (!closed) return
    const { name, children } = closed
    // the white space between children is only there for people
    const text = children.length > 0 ? closed.text.trim() : closed.text
    const element = { name, text, children }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  }
  const say = (text: string) => {
    const innermost = open.at(-1)
    if (innermost) innermost.text += text
  }
  reader.ontext = say
  reader.oncdata = say
  refuseDeclarations(reader)
  reader.onerror = (error) => {
    throw faultAt(reader, error.message.split('\n')[0] ?? 'not well formed', error)
  }
  // line ends are normalised before anything is read: a carriage return that is meant is written &#13;
  const lines = writable(document.replace(/^\ufeff?\s*/u, '')).replace(/\r\n?/gu, '\n')
  reader.write(lines).close()
  if (!root) throw new XmlError('expected an XML document, but no element came')
  return root
}

function refuseDeclarations(reader: SAXParser): void {
  reader.ondoctype = () => {
    throw faultAt(reader, 'a document type (DOCTYPE) stands in it, and none is accepted')
  }
  reader.onsgmldeclaration = () => {
    throw faultAt(reader, 'a declaration (<!…>) stands in it, and none is accepted')
  }
}

/** What was decoded as UTF-8 must not say that it is something else. */
function assertUtf8(document: string): void {
  const declared = /^\ufeff?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/iu.exec(document)?.[1]
  if (declared === undefined || /^(?:utf-?8|us-ascii)$/iu.test(declared)) return
  throw new XmlError(`expected UTF-8, but the document says it is ${declared}`)
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function faultAt({ line }: SAXParser, fault: string, cause?: Error): XmlError {
  return new XmlError(
    `line ${line + 1} of the XML cannot be read: ${fault}`,
    cause === undefined ? {} : { cause },
  )
}
