/** 收到请回复, and what people say to it. Pure. */

const asking =
  /(?:收到|看到|看见|知晓|知悉|已阅|阅后|看后|读后|看完)[^。！!\n]{0,6}?(?:请|麻烦|烦请|都|的|后)*[^。！!\n]{0,4}?(?:回复?|扣|打|发|吱)(?:一?[个下声]|一?句)?[“”"'「」【】\s]*(?:收到|[1１一]|知道|已阅|回执)?|请(?:大家|各位|邻居们?|务必)*(?:回复|回|扣)[“”"'「」【】\s]*(?:收到|[1１])|收到回复/u
/** The end of a notice, where this stands; elsewhere it is talk about parcels. */
const endOfText = 40

export function asksForReceipt(text: string): boolean {
  return asking.test(text.slice(-endOfText))
}

/** `sure`: nothing else is meant; `weak`: 1, 👌, 好的: only soon after a notice that asks for it. */
export interface ReceiptSaid {
  readonly strength: 'sure' | 'weak'
  /** What else is said in the same breath; '' when nothing. */
  readonly rest: string
}

/** What somebody says who has read it: 收到, 【收到】谢谢, 好的收到, 3号楼收到, 收到 3号楼, 已阅, 1, 👌. */
export function readReceipt(text: string): ReceiptSaid | undefined {
  const clauses = text.split(clauseEnds).map(plain)
  const said = clauses.filter((clause) => clause !== '')
  if (said.length === 0) return readSigns(text)
  const strengths = said.map((clause) => (isSure(clause) ? 'sure' : isWeak(clause) ? 'weak' : undefined))
  if (strengths.includes('sure')) return { strength: 'sure', rest: restOf(text, clauses) }
  // 好的，几点来水 is no receipt: a weak word counts only when it is all that is said
  const onlyWeak = strengths.includes('weak') && said.every((clause) => isWeak(clause) || adds(clause))
  return onlyWeak ? { strength: 'weak', rest: '' } : undefined
}

/** 收到，3号楼水管爆了: what is to be understood is what comes behind it. */
export function withoutReceipt(text: string): string {
  const rest = text.replace(leading, '')
  return [...rest.replace(/[\s\p{P}]/gu, '')].length >= leastLeft ? rest : text
}

const leading =
  /^(?:好的?[，, ]*)?(?:已?收到|收悉)了?(?:[，,。.!！~～;；、\s]+(?:谢谢|多谢)?[，,。.!！~～;；、\s]*)/u
const leastLeft = 4

const clauseEnds = /[,，。.!！~～;；、\n]+/u

/** The clauses that are neither the receipt nor a kind word around it, as they were written. */
function restOf(text: string, clauses: readonly string[]): string {
  const written = text.split(clauseEnds)
  return written
    .filter((_, at) => {
      const clause = clauses[at] ?? ''
      return clause !== '' && !isSure(clause) && !isWeak(clause) && !adds(clause)
    })
    .join('，')
    .trim()
}

/** Brackets, quotes, spaces, signs and mentions are no words. */
function plain(clause: string): string {
  return clause
    .normalize('NFKC')
    .toLowerCase()
    .replace(/@\S{1,24}(?:\s|$)/gu, '')
    .replace(/\[[^\]]{1,4}\]/gu, '')
    .replace(/(?![+])(?:[\p{P}\p{S}\p{Cf}\s]|\p{M})+/gu, '')
}

function readSigns(text: string): ReceiptSaid | undefined {
  return signs.test(text.replace(/[\ufe0f\u{1f3fb}-\u{1f3ff}\s]+/gu, ''))
    ? { strength: 'weak', rest: '' }
    : undefined
}

const signs = /^(?:👌|👍|🆗|✅|☑|✔|🫡|\[(?:OK|ok|好的|强|赞)\])+$/u

/** Who it is: 3号楼, 3栋2单元, 3-2-501 (without its dashes), 5号楼李四. */
const home = '(?:\\d{1,3}(?:号楼|栋|幢|座|号|单元|楼|室|户|组|网格)?){1,4}'
const nameLetter =
  '(?![吗没呢啥么哪谁不未怎几多快递红包钱款信息货退的了就还在都要好去来停水电气坏点时天漏堵爆臭脏灯断塌裂响吵黑冒破掉死困])[\\u4e00-\\u9fff]'
const who = new RegExp(`^(?:${home})?(?:${nameLetter}{2,3})?$`, 'u')
const homeAndName = new RegExp(`^${home}(?:${nameLetter}{2,3})?$`, 'u')

const core =
  /(?<![没未不难就])(?:收到(?!没|吗|么|不|货|款|钱|快|短|红|电|信|的|过|谁|多|几|一|个|两|张)|收悉|知悉|知晓|已阅|阅知|已读|已看|看过了|看到了|回执)/gu
/** What stands around it and says nothing else. */
const around =
  /谢+|感谢|多谢|您?辛苦了?|麻烦了?|提醒|通知|告知|社区|网格员|小邻|大家|各位|好的?|好滴|好嘞|嗯+|哦+|ok|行|明白|知道了?|确认|回复|已经?|我们?家|本人|全家|您|你们?|我|都|也|了|啦|哈|的|咯|喽|呀|照办|执行|准备|接水|转发|转达|(?<!\d)1(?![\d号栋幢座单楼室户组])/gu
const weakWords = /^(?:1|\+1|ok|okk|好的?|好滴|好嘞|行|可以|知道了?|明白了?|晓得了?|了解了?|嗯+|get|d)$/u
const kindWords = /谢+|感谢|多谢|辛苦了?|麻烦了?|您|你们?|大家|社区|网格员|小邻|提醒|通知|告知|的/gu
const greetings = /各位|邻居们?|早上?好?|你好|您好|同上|我[是在]?/gu

/** Without its kind words a receipt is a receipt, and perhaps who it is: nothing else. */
function isSure(clause: string): boolean {
  const rest = clause.replace(core, '')
  return rest !== clause && who.test(rest.replace(around, ''))
}

function isWeak(clause: string): boolean {
  return weakWords.test(clause.replace(kindWords, '')) || weakWords.test(clause)
}

/** 谢谢社区, 3号楼, 辛苦了: beside it, or alone. */
function adds(clause: string): boolean {
  const rest = clause.replace(kindWords, '').replace(greetings, '')
  return rest === '' || homeAndName.test(rest)
}

/** The sign that a notice asks for by name: 请回1, 扣1. */
export function asksForSign(text: string): boolean {
  return /(?:回复?|扣|打|发)[一个“”"'「」\s]*[1１](?!\d)/u.test(text.slice(-endOfText))
}
