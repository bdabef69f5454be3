/**
 * One-time codes: LL-7K3M9QXA. No letters and digits that look alike, so that they survive being read out and
 * typed on a phone; 31^8 of them, so that guessing is hopeless within their week.
 */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXY'
const length = 8
export const codeLifetime = 7 * 86_400_000

const written = /(?<![A-Z0-9])LL-?([2-9A-HJ-NP-Y]{8})(?![A-Z0-9])/u

export function findCode(text: string): string | undefined {
  const match = written.exec(text.normalize('NFKC').toUpperCase())
  return match ? `LL-${match[1]}` : undefined
}

/** `random` must be cryptographic outside of replay and tests. */
export function newCode(random: () => number): string {
  const letters = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)])
  return `LL-${letters.join('')}`
}
