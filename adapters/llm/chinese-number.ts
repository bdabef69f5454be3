const digits = '零一二三四五六七八九'
const powers: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

export const chineseNumeral = '[零〇一二两三四五六七八九十百千万亿]'

/** 二十三 → 23, 三千五百 → 3500, 两万 → 20000, 二〇二六 → 2026; undefined when it is no number. */
export function chineseNumber(text: string): number | undefined {
  const plain = text.replaceAll('〇', '零').replaceAll('两', '二')
  if (/^[零一二三四五六七八九]+$/.test(plain))
    return Number([...plain].map((digit) => digits.indexOf(digit)).join(''))
  const [whole, hundredMillions = '', tenThousands = '', rest = ''] =
    /^(?:(.+)亿)?(?:(.+)万)?([^万亿]*)$/.exec(plain) ?? []
  if (whole === undefined || whole === '') return undefined
  const [high, middle, low] = [hundredMillions, tenThousands, rest].map(belowTenThousand)
  if (high === undefined || middle === undefined || low === undefined) return undefined
  return high * 100_000_000 + middle * 10_000 + low
}

/** 三千五百零二 → 3502; the empty text is 0. */
function belowTenThousand(text: string): number | undefined {
  let sum = 0
  let digit: number | undefined
  for (const character of text) {
    const power = powers[character]
    if (power !== undefined) {
      // 十五 is fifteen; 百五 is no number.
      if (digit === undefined && !(power === 10 && sum === 0)) return undefined
      sum += (digit ?? 1) * power
      digit = undefined
    } else if (character !== '零') {
      if (digit !== undefined) return undefined
      digit = digits.indexOf(character)
      if (digit < 0) return undefined
    }
  }
  return sum + (digit ?? 0)
}
