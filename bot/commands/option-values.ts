import { InvalidArgumentError } from 'commander'
import { z } from 'zod'

/** For options that may be repeated. */
export function collected(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

/** One of the known words; the error says which there are. */
export function oneOf<T extends string>(what: string, known: readonly T[]): (value: string) => T {
  return (value) => {
    const found = known.find((each) => each === value)
    if (found !== undefined) return found
    throw new InvalidArgumentError(
      `expected ${/^[aeiou]/u.test(what) ? 'an' : 'a'} ${what}, one of ${known.join(', ')}.`,
    )
  }
}

/** A day: 2026-11-20. */
export function aDate(value: string): string {
  if (z.iso.date().safeParse(value).success) return value
  throw new InvalidArgumentError('expected a day, for example 2026-11-20.')
}
