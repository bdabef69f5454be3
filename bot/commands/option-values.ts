import { InvalidArgumentError } from 'commander'

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
