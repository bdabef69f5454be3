/**
 * Words of residents, made fit for Redmine: nothing in them may be taken as markup. A macro would pull pages in, an
 * image would make every reader's browser call a stranger's server, @name would send mail. Full-width signs look the
 * same in Chinese text and mean nothing to Textile, Markdown or HTML.
 */
export function withoutMarkup(text: string): string {
  return storable(text)
    .replace(/\{\{/gu, '｛｛')
    .replace(/!(?=\S)/gu, '！')
    .replace(/<(?=[a-z!/?])/giu, '＜')
    .replace(/@(?=\w)/gu, '＠')
}

/** Without what a database or JSON refuses: control characters and halves of characters. Lines end in \n. */
export function storable(text: string): string {
  return (
    text
      .replace(/\r\n?/gu, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, '')
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .trim()
  )
}

/** On one line, of at most `most` characters as Ruby counts them: an emoji is one. */
export function oneLine(text: string, most: number): string {
  const characters = [...storable(text).replace(/\s+/gu, ' ')]
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`
}

/**
 * At most `most` bytes as Redmine stores them: UTF-8, a line break as two. Its column on MySQL ends at 65,535, and a
 * longer text is answered with an error inside, or cut in silence.
 */
export function withinBytes(text: string, most: number, ending: string): string {
  if (storedBytes(text) <= most) return text
  let left = most - storedBytes(ending)
  let end = 0
  for (const character of text) {
    left -= bytesOf(character.codePointAt(0) ?? 0)
    if (left < 0) break
    end += character.length
  }
  return `${text.slice(0, end)}${ending}`
}

/** Of one character in UTF-8; asking Buffer for each is slow. */
function bytesOf(codePoint: number): number {
  if (codePoint === 0x0a) return 2
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

function storedBytes(text: string): number {
  return Buffer.byteLength(text.replace(/\n/gu, '\r\n'))
}

/** A MySQL database that holds three bytes a character breaks on emoji and rare names: they become □. */
export function inThreeBytes(text: string): string {
  return text.replace(/[\u{10000}-\u{10ffff}]/gu, '□')
}
