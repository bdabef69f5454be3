import { maskPersonalData, namesRoom } from '../../intents/personal-data.ts'

/**
 * What must not stand in words that whole groups will read. Offices have phones, rooms and hotlines, so those pass;
 * an identity card, a bank card and a number plate are people's, and a mobile phone beside a door is somebody's.
 * Names nobody can tell from words for sure.
 */
export function personalIn(text: string): 'number' | 'contact' | undefined {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  if (platesIn(maskPersonalData(plain)) > platesIn(plain) || hasCardNumber(plain)) return 'number'
  const door = plain.replace(mobile, ' ')
  return door !== plain && (door.includes('某室') || namesRoom(door)) ? 'contact' : undefined
}

function platesIn(text: string): number {
  return text.match(/\[车牌\]/gu)?.length ?? 0
}

const mobile = /(?<!\d)(?:(?:\+|00)?86[\s.-]?)?1[3-9](?:[\s.-]?\d){9}(?!\d)/gu

/** Digits as people group them: 622202 0200 1122 33445. */
const digitGroups = /\d+(?:[\s.·-]{1,2}\d+)*[xX]?/gu

function hasCardNumber(text: string): boolean {
  return [...text.matchAll(digitGroups)].some((found) => {
    const groups = found[0].match(/\d+[xX]?/gu) ?? []
    const named = /卡号|账号|帐号|账户|帐户|银行卡/u.test(
      text.slice(Math.max(0, found.index - 12), found.index),
    )
    return runsOf(groups).some((run) => isIdentityCard(run.join('')) || isBankCard(run, named))
  })
}

const longest = 19

/** A date or a phone may stand right beside a card: every stretch of neighbouring groups that is short enough. */
function runsOf(groups: readonly string[]): readonly (readonly string[])[] {
  return groups.flatMap((_, from) => {
    const runs: string[][] = []
    let length = 0
    for (let to = from; to < groups.length; to++) {
      length += groups[to]?.length ?? 0
      if (length > longest) break
      runs.push(groups.slice(from, to + 1))
    }
    return runs
  })
}

/** 18 characters with a date of birth inside, or the 15 of old. */
function isIdentityCard(digits: string): boolean {
  return /^[1-9]\d{5}(?:(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dxX]|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})$/u.test(
    digits,
  )
}

/** Two local phones side by side have as many digits, in groups of seven or eight. */
function isBankCard(run: readonly string[], named: boolean): boolean {
  const isWritten = named || run.length === 1 || run.every(({ length }) => length <= 6)
  return isWritten && /^[3-69]\d{15,18}$/u.test(run.join(''))
}
