/** A piece of XML without attributes and namespaces: all that Open311 needs. */
export interface XmlElement {
  readonly name: string
  /** Of the element itself, in order; what stands between children that is not white space belongs to it, too. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** An element to write: text, or children. */
export function element(name: string, content: string | readonly XmlElement[] = ''): XmlElement {
  return typeof content === 'string'
    ? { name, text: content, children: [] }
    : { name, text: '', children: content }
}

export function childNamed(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name)
}
