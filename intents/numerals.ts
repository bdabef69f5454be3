const digits = '零一二三四五六七八九'

/** 十一 → 11, 二十三 → 23, 两 → 2, 一零二 → 102; anything else comes back as it is. Up to 99 in positional form. */
export function toDigits(text: string): string {
  if (!/^[零〇一二两三四五六七八九十]+$/.test(text)) return text
  const plain = text.replaceAll('〇', '零').replaceAll('两', '二')
  if (!plain.includes('十')) return [...plain].map((digit) => digits.indexOf(digit)).join('')
  const [tens = '', ones = ''] = plain.split('十')
  const value = (tens === '' ? 1 : digits.indexOf(tens)) * 10 + (ones === '' ? 0 : digits.indexOf(ones))
  return Number.isInteger(value) && value >= 10 ? String(value) : text
}
