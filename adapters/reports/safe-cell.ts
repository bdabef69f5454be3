/** A cell that somebody's words may stand in, harmless in every program that opens tables. */

/** More than this no spreadsheet keeps in a cell. */
const longest = 32_000

/** Control characters but tab and line break; halves of pairs that stand alone; what XML does not know. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu

/** Full-width signs begin a formula as well, where people type Chinese. */
const formula = /^[\s]*[=+\-@＝＋－＠]/u

/** A text that would be taken for a formula begins with an apostrophe. */
export function safeCell(text: string): string {
  const plain = text.replaceAll(/\r\n?/gu, '\n').replaceAll(unwanted, '')
  const cut = plain.length > longest ? `${plain.slice(0, longest).replace(/\p{Surrogate}$/u, '')}…` : plain
  return formula.test(cut) || cut.startsWith('\t') ? `'${cut}` : cut
}
