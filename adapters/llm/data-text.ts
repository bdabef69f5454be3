import { maskPersonalData } from '../../intents/personal-data.ts'

/**
 * A resident's words, fit to leave the house: personal data masked, nothing in them that could be taken for one
 * of our delimiters.
 * Invisible characters go, and full-width forms become plain, before masking: 138<zero width>0013... is a phone.
 */
export function toDataText(words: string, mostCharacters: number): string {
  const visible = words.normalize('NFKC').replace(/[^\P{C}\n]/gu, '')
  return shorten(withoutDelimiters(maskPersonalData(visible)).trim(), mostCharacters)
}

/** A published passage: its phone numbers are the office's, and part of the answer. */
export function toPublishedText(text: string, mostCharacters: number): string {
  return shorten(withoutDelimiters(text.replace(/[^\P{C}\n]/gu, '')).trim(), mostCharacters)
}

/** All our delimiters are made of < and >, so are the marks of most chat templates; [INST] is that of others. */
function withoutDelimiters(text: string): string {
  return text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\[(\/?\s*(?:INST|SYS|SYSTEM)\s*)\]/gi, '($1)')
}

function shorten(text: string, mostCharacters: number): string {
  const characters = [...text]
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join('')}…`
}
