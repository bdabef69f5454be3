/**
 * Values of indexed fields as text that PostgreSQL can hold and whose order under COLLATE "C" is the order of the
 * store: numbers before strings, strings by UTF-16 code units. Plain words stay as they are, so that whoever looks
 * into the tables with psql can read them. What cannot stay:
 *
 *   ""                    U+0002                      numbers stand before every string, also before this one
 *   U+0000 … U+0002       U+0002 U+0001 …             PostgreSQL holds no U+0000; U+0001 begins a number
 *   a surrogate           U+F0000 + (it − U+D800)     each for itself, so that half an emoji fits too
 *   U+E000 … U+FFFF       U+100000 + (it − U+E000)    they stand after the surrogates in UTF-16, before them in UTF-8
 *   a number              U+0001 and 16 hex digits    its bits, turned so that they sort
 *   true, false           U+0001 t, U+0001 f          nothing is ordered by them
 */
import { createHash } from 'node:crypto'
import type { IndexValue } from '../../../bot/ports/store.ts'

/** An index entry may have 2,704 bytes; five of these fit. */
const longest = 400
/**
 * Texts that agree in their first 400 bytes and go on differently are kept apart, but not in their order: nobody
 * orders by anything of that length, and a resident who sends such a thing must not make a commit fail.
 */
export function indexKey(value: IndexValue): string {
  if (typeof value === 'string') return textKey(value)
  return `\u0001${typeof value === 'number' ? sortableBits(value) : value ? 't' : 'f'}`
}

export function textKey(text: string): string {
  const key = text === '' ? '\u0002' : isPlain(text) ? text : Array.from(units(text), escaped).join('')
  return Buffer.byteLength(key) <= longest ? key : shortened(key)
}

function isPlain(text: string): boolean {
  for (const code of units(text)) if (code <= 2 || code >= 0xd800) return false
  return true
}

function* units(text: string): Generator<number> {
  for (let at = 0; at < text.length; at += 1) yield text.charCodeAt(at)
}

function escaped(code: number): string {
  if (code <= 2) return `\u0002${String.fromCharCode(code + 1)}`
  if (code < 0xd800) return String.fromCharCode(code)
  return String.fromCodePoint(code < 0xe000 ? 0xf0000 + code - 0xd800 : 0x100000 + code - 0xe000)
}

/** Sorts after the text that ends where this is cut, whatever the hash. */
function shortened(key: string): string {
  let kept = ''
  let bytes = 0
  for (const character of key) {
    bytes += Buffer.byteLength(character)
    if (bytes > longest - 50) break
    kept += character
  }
  return `${kept}\u{10FFFF}${createHash('sha256').update(key).digest('base64url')}`
}

const view = new DataView(new ArrayBuffer(8))
const sign = 1n << 63n

function sortableBits(value: number): string {
  // -0 is 0, as in JSON
  view.setFloat64(0, value === 0 ? 0 : value)
  const bits = view.getBigUint64(0)
  return ((bits & sign) === 0n ? bits | sign : ~bits & 0xffff_ffff_ffff_ffffn).toString(16).padStart(16, '0')
}
