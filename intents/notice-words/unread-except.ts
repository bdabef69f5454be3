/** Whom a notice must not reach, said by a name that nobody knows: it must not become words of the notice. Pure. */

export interface UnreadExcept {
  /** 商户群 */
  readonly name: string
  /** （商户群除外） as it was said. */
  readonly phrase: string
}

const name = '(?<name>[\\p{Script=Han}\\d]{2,12}?)'
const behind = '(?:除外|以外|之外|不发|不用发|不要发|别发|不包括)'
const before =
  '(?:但|不过)?(?:除了?|除去|除开|不发(?:给|到)?|别发(?:给|到)?|不要发(?:给|到)?|不含|不包括|排除|去掉)'
/** Only there it can hardly belong to the words. */
const first = [
  new RegExp(`^[\\s，,]*[（(]\\s*${before}?[:：]?${name}(?:${behind}|外)?\\s*[）)]`, 'u'),
  new RegExp(`^[\\s，,]*${before}\\s*${name}(?:${behind}|外)?(?=$|[\\s，,。:：；;])`, 'u'),
  new RegExp(`^[\\s，,]*${name}${behind}(?=$|[\\s，,。:：；;])`, 'u'),
]
const last = [
  new RegExp(`[\\s，,。；;]*[（(]\\s*${before}?[:：]?${name}(?:${behind}|外)?\\s*[）)][。.!！\\s]*$`, 'u'),
  new RegExp(`[\\s，,。；;]+${name}${behind}[。.!！\\s]*$`, 'u'),
  new RegExp(`[\\s，,。；;]+${before}\\s*${name}(?:${behind}|外)?[。.!！\\s]*$`, 'u'),
]
const says = new RegExp(`${before}|${behind}|外\\s*[）)]`, 'u')
/** 周末除外, 节假日除外 speak of days. */
const ofTime = /周|星期|节|假|天|日|月|早|晚|午|夜|点/u
const endsLikeGroup = /(?:群|社区|小区|街道|网格|号楼)$/u

/** @param words what is left when every known name was read from the beginning and from the end */
export function unreadExcept(words: string): UnreadExcept | undefined {
  return among(first, words, () => true) ?? among(last, words, (each) => endsLikeGroup.test(each))
}

function among(
  patterns: readonly RegExp[],
  words: string,
  fits: (name: string) => boolean,
): UnreadExcept | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(words)
    const found = match?.groups?.['name']
    if (!match || found === undefined || ofTime.test(found) || !fits(found) || !says.test(match[0])) continue
    return { name: found, phrase: match[0].trim() }
  }
  return undefined
}
