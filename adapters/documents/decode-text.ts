import { DocumentRefusedError } from './refusal.ts'

export interface DecodedText {
  readonly text: string
  /** utf-8, utf-16le, utf-16be or gb18030. */
  readonly encoding: string
}

/**
 * Text in the encodings that Chinese computers write: UTF-8, UTF-16 with its mark, GB18030 (with GBK and GB2312 in it).
 * `declared`: what an HTML page says of itself.
 * @throws DocumentRefusedError for any other
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  if (marked !== undefined) {
    const text = decode(bytes, marked)
    if (text !== undefined) return { text, encoding: marked }
    throw new DocumentRefusedError(
      `its mark says ${marked.toUpperCase()}, but its bytes are not: save it as UTF-8`,
    )
  }
  if (bytes.includes(0)) throw new DocumentRefusedError(notText)
  const utf8 = decode(bytes, 'utf-8')
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8' }
  const foreign = declared !== undefined && !/^(utf-?8|gb)/iu.test(declared)
  if (!foreign && readsAsChinese(bytes)) {
    const text = decode(bytes, 'gb18030')
    if (text !== undefined) return { text, encoding: 'gb18030' }
  }
  throw new DocumentRefusedError(
    `expected text in UTF-8, UTF-16 or GB18030 (GBK), but ${foreign ? `it says of itself that it is ${declared}` : 'its bytes are none of these'}: save it as UTF-8`,
  )
}

const notText = 'expected text, but it has zero bytes: save it as UTF-8, or as UTF-16 with a byte order mark'

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Nearly all bytes above 127 must stand in pairs of the old GB2312: Big5 and Latin-1 would decode as well, to nonsense. */
function readsAsChinese(bytes: Uint8Array): boolean {
  let pairs = 0
  let common = 0
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] as number
    if (first < 0x80) continue
    const second = bytes[at + 1] ?? 0
    // four bytes of GB18030: rare characters, neither for nor against
    if (second >= 0x30 && second <= 0x39) {
      at += 3
      continue
    }
    pairs++
    if (second >= 0xa1 && ((first >= 0xb0 && first <= 0xd7) || (first >= 0xa1 && first <= 0xa3))) common++
    at++
  }
  return pairs > 0 && common / pairs >= 0.85
}
