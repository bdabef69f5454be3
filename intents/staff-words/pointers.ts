import { toDigits } from '../numerals.ts'

/** What says which ticket, besides its whole number: 1118001, 02, 第二个, the 2 of a list. */
export type Pointer =
  | { readonly number: string }
  /** 002: its number ends so. */
  | { readonly ending: string }
  /** The line of the list that was shown last, from 1. */
  | { readonly item: number }

export interface Pointed {
  readonly pointers: readonly Pointer[]
  readonly rest: string
}

/** Month, day and count with or without what stands between them; a telephone has no such month or is longer. */
const number =
  /(?:编号|单号|工单号?)?\s*(?<![\d-])(?<day>(?:20\d{2})?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:\s?-\s?(?<count>\d{3,4})|(?<glued>\d{3}))(?![\d])(?:这?单|号(?!楼))?/gu
const ordinal = /第([一二两三四五六七八九十]|\d{1,2})(?:个|张|条|单|件)?(?!天|期|层|次|栋|幢|单元|\d)/gu
const between = '[、，,：:\\s和及]*'
/** 02 and 002 are endings whatever follows; 2 and 120 stand alone, or they count something. */
const loose = `(?:0\\d{1,2}(?![\\d天个]|号楼)|[1-9]\\d{0,2}(?=$|[\\s,，、:：。])(?!\\s?(?:天|个|日|周|号|栋|幢|月|点|人|户|元|盏|根|台|楼)))(?:号(?!楼)|单)?`
const first = new RegExp(`^${between}(?:接单|接)?\\s?(${loose})`, 'u')
const last = /\s(0\d{1,2})$/u

/** Whole numbers and 第二个, wherever they stand. */
export function takeNumbers(line: string): Pointed {
  const pointers: Pointer[] = []
  const without = line
    .replace(number, (...found) => {
      const { day, count, glued } = found.at(-1) as Record<string, string | undefined>
      pointers.push({ number: `${day}-${count ?? glued}` })
      return ' '
    })
    .replace(ordinal, (_, said: string) => {
      pointers.push({ item: Number(toDigits(said)) })
      return ' '
    })
  return { pointers, rest: tidy(without) }
}

/** 02, 002 and 2 at the beginning of what follows an order; 002 at its end, too. */
export function takeLoose(line: string): Pointed {
  const pointers: Pointer[] = []
  let rest = line
  for (let found = first.exec(rest); found; found = first.exec(rest)) {
    pointers.push(pointerOf(found[1] ?? ''))
    rest = rest.slice(found[0].length)
  }
  const end = last.exec(rest)
  if (pointers.length === 0 && end) {
    pointers.push(pointerOf(end[1] ?? ''))
    rest = rest.slice(0, end.index)
  }
  return { pointers, rest: tidy(rest) }
}

function pointerOf(said: string): Pointer {
  const digits = said.replace(/\D+$/u, '')
  return digits.length === 1 ? { item: Number(digits) } : { ending: digits.padStart(3, '0') }
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/^[\s,，:：、。和及]+|[\s,，:：、]+$/gu, '')
}
