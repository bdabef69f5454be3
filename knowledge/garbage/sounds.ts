import { createRequire } from 'node:module'

/**
 * How a character sounds, as numbers that can be compared: misspellings in chats are nearly always
 * words that sound alike (古头 for 骨头), often across the pairs that southerners do not tell apart.
 */
export interface Sound {
  /** With the tone: what is heard by the phone that turns speech into text. */
  readonly toned: number
  /** Without the tone: what is typed. */
  readonly exact: number
  /** zh/z, ch/c, sh/s, n/l, ing/in, eng/en taken for the same. */
  readonly near: number
}

const require = createRequire(import.meta.url)
const known = new Map<string, Sound>()
const numbers = new Map<string, number>()
let pinyin: typeof import('pinyin-pro').pinyin | undefined

export function soundOf(character: string): Sound {
  const cached = known.get(character)
  if (cached) return cached
  // Loading the dictionary takes 60 ms, which a command that never sorts should not pay.
  pinyin ??= (require('pinyin-pro') as typeof import('pinyin-pro')).pinyin
  const spoken = pinyin(character, { toneType: 'num', type: 'array' })[0] || character
  const syllable = spoken.replace(/[0-4]$/u, '') || spoken
  const sound = {
    toned: numberOf(`'${spoken}`),
    exact: numberOf(syllable),
    near: numberOf(`~${blurred(syllable)}`),
  }
  known.set(character, sound)
  return sound
}

function blurred(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/u, '$1')
    .replace(/^n(?=.)/u, 'l')
    .replace(/([ie]n)g$/u, '$1')
}

function numberOf(sound: string): number {
  const number = numbers.get(sound) ?? numbers.size
  numbers.set(sound, number)
  return number
}
