/** How people name a notice: 通知12, 12, N12, 第12号通知, 12号. One character stays one character in all of this. */

/** Full-width digits, letters and signs as narrow ones, so that places in the text stay. */
export function narrow(text: string): string {
  return text.replace(/[！-～]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** What stands behind a number that counts something else: 12号楼, 12点, 12月, 12块. */
const counted =
  '(?!\\d|[.:/-]\\d|\\s*号?[楼栋]|幢|单元|期|点|时(?!间)|分|月|日|天|周|年|个|户|人|元|块|层|室|米|公?斤|度|岁|次|名|份|%)'

const digits = '\\d{1,6}'

/** Named, so that nothing else can be meant: 通知12, N12. */
export const namedNumber = `(?:第?\\s*通知\\s*(?:第|[Nn#]|编号|号)?\\s*(?<named>${digits})|第?\\s*[Nn]\\s?(?<letter>${digits})|第\\s*(?<ordinal>${digits})\\s*[号条个]\\s*通知|(?<behind>${digits})\\s*号?\\s*通知)(?:号|条)?${counted}`
/** Also 12 alone. */
export const anyNumber = `(?:${namedNumber}|第?\\s*(?<bare>${digits})(?:号|条)?${counted})`

export type NumberGroups = Readonly<Record<string, string | undefined>>

export interface NumberSaid {
  /** N12 */
  readonly notice?: string
  /** It was said of a notice, and of nothing else. */
  readonly named: boolean
}

export function numberIn(groups: NumberGroups | undefined): NumberSaid {
  const named = groups?.['named'] ?? groups?.['letter'] ?? groups?.['ordinal'] ?? groups?.['behind']
  const said = named ?? groups?.['bare']
  // a notice has no number 0
  if (said === undefined || Number(said) === 0) return { named: false }
  return { notice: `N${Number(said)}`, named: named !== undefined }
}
