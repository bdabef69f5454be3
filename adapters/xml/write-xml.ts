import type { XmlElement } from './element.ts'

/** A whole document, on one line but for its declaration: white space between elements would only cost. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${written(root)}\n`
}

function written({ name, text, children }: XmlElement): string {
  const content = `${escaped(text)}${children.map(written).join('')}`
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  // only ]]> must not stand in text, but nobody is harmed by all of them
  '>': '&gt;',
  // as itself it would be read as a line feed
  '\r': '&#13;',
}

function escaped(text: string): string {
  return writable(text).replace(/[&<>\r]/gu, (letter) => entities[letter] ?? letter)
}

/**
 * XML 1.0 has no way at all to say most control characters, half a surrogate pair, U+FFFE and U+FFFF; what reads
 * them refuses the document. U+FFFD stands in their place.
 */
export function writable(text: string): string {
  // with the flag u a surrogate matches only when its other half is missing
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
}
