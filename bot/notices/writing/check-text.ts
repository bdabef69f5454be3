import { privateNumbersIn } from '../../../knowledge/private-numbers.ts'
import { NoticeRefusedError } from '../refusal.ts'
import type { NoticeRules } from '../rules.ts'

/**
 * The words as the groups will read them: trimmed, composed (NFC), with plain line ends, no space at the end of a line, and
 * one empty line at most between two.
 *
 * Identity cards and bank cards of people have no place in a group; telephones of offices and the houses that are meant do.
 *
 * @throws NoticeRefusedError empty, too-long, control-characters, private-numbers
 */
export function checkedText(text: string, { longest }: Pick<NoticeRules, 'longest'>): string {
  const plain = text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, '\n')
    .replaceAll('\t', '　')
    .replace(/^\ufeff/u, '')
    .normalize('NFC')
    .replace(/[^\S\n]+$/gmu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  assertVisible(plain)
  // 。。。, blanks of Braille, marks without a letter: nobody can read that
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(plain))
    throw new NoticeRefusedError({ kind: 'empty' }, 'a notice needs words: none came')
  const length = [...plain].length
  if (length > longest)
    throw new NoticeRefusedError(
      { kind: 'too-long', length, longest },
      `expected at most ${longest} characters (tickets/notices.yaml), found ${length}: shorten it, or send the rest as a file`,
    )
  assertNobodys(plain)
  return plain
}

function assertNobodys(text: string): void {
  const numbers = privateNumbersIn(text)
  const [first] = numbers
  if (!first) return
  const endings = numbers.filter(({ kind }) => kind === first.kind).map(({ ending }) => ending)
  throw new NoticeRefusedError(
    { kind: 'private-numbers', what: first.kind, endings },
    `numbers of people are in the text: ${first.kind} ending with ${endings.join(', ')}; take them out`,
  )
}

/**
 * Nobody types these, and nobody sees them: they come with a copied text, hide words from whoever approves, or turn the
 * direction of reading.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u3164\uffa0]/gu

/** 👨‍👩‍👧 is held together by joiners, a flag of a region by tags: they belong to their picture. */
const insidePictures =
  /(?<=\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d(?=\p{Extended_Pictographic})|(?<=\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0020}-\u{e007f}]/gu

const mostNamed = 5

/** @throws NoticeRefusedError control-characters */
export function assertVisible(text: string): void {
  const found =
    text
      .replace(insidePictures, '')
      .match(invisible)
      ?.filter((character) => character !== '\n') ?? []
  if (found.length === 0) return
  const codes = [...new Set(found)].slice(0, mostNamed).map(codeOf)
  throw new NoticeRefusedError(
    { kind: 'control-characters', codes },
    `the text has characters that nobody can see: ${codes.join(', ')}; type it anew, or copy it as plain text`,
  )
}

/** U+200B */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
