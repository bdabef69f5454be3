import { foldText } from './terms.ts'

/** Where a phrase stands in a folded text, and the group to which it belongs. */
export interface FoundPhrase {
  readonly start: number
  readonly end: number
  readonly group: number
  readonly phrase: string
}

/** Groups of phrases that mean the same. At each place the longest phrase wins, and phrases never overlap. */
export class PhraseTable {
  readonly groups: readonly (readonly string[])[]
  readonly #byFirst = new Map<number, { phrase: string; group: number }[]>()

  constructor(groups: readonly (readonly string[])[]) {
    this.groups = groups.map((group) => group.map((phrase) => foldText(phrase).replaceAll(' ', '')))
    for (const [group, phrases] of this.groups.entries()) {
      for (const phrase of phrases.filter((each) => each !== '')) {
        const first = phrase.charCodeAt(0)
        const sameFirst = this.#byFirst.get(first) ?? []
        this.#byFirst.set(first, sameFirst)
        sameFirst.push({ phrase, group })
      }
    }
    for (const sameFirst of this.#byFirst.values()) {
      sameFirst.sort((one, other) => other.phrase.length - one.phrase.length)
    }
  }

  /** `folded` comes from foldText. */
  find(folded: string): FoundPhrase[] {
    const found: FoundPhrase[] = []
    let at = 0
    while (at < folded.length) {
      const match = this.#byFirst
        .get(folded.charCodeAt(at))
        ?.find(({ phrase }) => folded.startsWith(phrase, at))
      if (match === undefined) {
        at++
        continue
      }
      const end = at + match.phrase.length
      found.push({ start: at, end, group: match.group, phrase: match.phrase })
      at = end
    }
    return found
  }
}

/** One group a line, phrases parted by blanks; `#` begins a remark. */
export function parseSynonyms(text: string): readonly (readonly string[])[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
}
