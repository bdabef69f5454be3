import { knownDepartment } from './departments.ts'
import { type Pointer, takeLoose, takeNumbers } from './pointers.ts'
import { spaced } from './spaced.ts'

/** An order as somebody in a hurry types it: 02办好了，已清运; 电梯那个我接; 1118001办结换了灯. */
export interface HurriedOrder {
  /** As parseStaffCommand reads it: 接单, 办结, 延期 …; '' when only a line of a list is named. */
  readonly word: string
  readonly pointers: readonly Pointer[]
  /** What may name the ticket: 电梯那个, 3号楼. */
  readonly about: string
  readonly rest: string
  /** What was said can hardly mean anything else, also when it names no ticket that is known. */
  readonly sure: boolean
}

/** Said of the arrival, meant only while somebody waits for it. */
export const arrivedWord = '到了'

const accept =
  '接单|受理|接手|接下|我接(?:单|手|下)?|我来(?:接|办|处理|弄|跟)?|我去(?:接|办|处理|修|看看?)|交给我|我领|接'
const ended = '办结|办好|办完|办妥|结单|结案|搞定|搞好|完成|完工|解决'
const mended =
  '(?:修|换|弄|清|通|拉|拆|搬|补|装|运|处理|清理|清运|疏通|维修|更换|整改)(?:好|完毕?|走|掉|通|妥|到位)'
/** 已修好, 修好了, 办结: done; 修好 alone may be a wish. */
const done = `(?:(?:都|全部?|我)?已经?(?:${ended}|${mended}|处理|修复|清理|清运|更换|整改)(?:了|啦|毕)?|(?:都|全部?)?(?:(?:${ended}|${mended})(?:了|啦)|处理完毕|疏通完毕|清理完毕|办结|结单|搞定))`
const others =
  '申请延期|延期|挂起|暂停|搁置|退单|退回|不予受理|不受理|报到|到场|吹哨|恢复|重办|重开|不同意|同意|驳回|转派给?|转办给?|转给|转|改派给?|移交给?|派单给?|派给'

const acceptFirst = new RegExp(`^(?<word>${accept})(?:了|吧|啦)?(?<rest>.*)$`, 'u')
const acceptLast =
  /^(?<about>.{1,14}?)[\s,，]?(?<word>我接(?:单|手|下)?|我来(?:接|办|处理|弄)?|我去(?:办|处理|修|看看?)|交给我|接单)(?:了|吧|啦)?$/u
const doneFirst = new RegExp(`^(?<word>${done})(?<gap>[\\s,，:：。]*)(?<rest>.*)$`, 'u')
const doneLater = new RegExp(
  `^(?<about>.{1,14}?)[\\s,，]?(?<word>${done})(?<gap>[\\s,，:：。]*)(?<rest>.*)$`,
  'u',
)
const otherFirst = new RegExp(`^(?<word>${others})(?:了)?[\\s:：,，]*(?<rest>.*)$`, 'u')
const leading = new RegExp(`^(\\d{1,3})(?:号|单)?[\\s,，:：]*(?=${done}|${accept}|${others})(.+)$`, 'u')
/** Behind a number what was done is enough: 1118-001 已换灯管. */
const already = /^已经?(?:修|换|拆|拉|补|装|疏通|更换|清运)(?!.*[没未吗])/u
const arrived = /^(?:我们?|人|师傅)?(?:已经?)?到(?:了|达|场了?|位了?|达?现场了?)$/u

/** Asked, wished, denied or still to come: nothing that was done. */
const notYet =
  /[?？没未不别]|[吗呢么]$|明天|后天|马上|下午|什么|啥|何时|几点|怎么|[能要会请让催想等]|争取|准备|可以|满意|谢谢|感谢|谁/u
const filler =
  /^(?:这?就|马上|现在|立刻)?(?:去|到|来|办|处理|过去|出发)?(?:看看|一下)?(?:了|吧|啊)?$|^(?:收到|好的?|谢谢)$/u

export function readHurried(text: string): HurriedOrder | undefined {
  const line = spaced(text)
    .replace(/^#\s*/u, '')
    .replace(/[。.!！~～]+$/u, '')
  if (line.length > 200 || /[?？]$|[吗呢么]$/u.test(line)) return undefined
  const named = takeNumbers(line)
  if (arrived.test(named.rest)) return order(arrivedWord, named.pointers, '', '', false)
  return (
    readLeading(line, named) ??
    readDone(named.rest, named.pointers) ??
    readAccept(named.rest, named.pointers) ??
    readOther(named.rest, named.pointers) ??
    readHandedOn(named.rest, named.pointers) ??
    readItem(named.rest, named.pointers)
  )
}

/** 02办好了: the ending stands before the order. */
function readLeading(
  line: string,
  named: { readonly pointers: readonly Pointer[]; readonly rest: string },
): HurriedOrder | undefined {
  if (named.pointers.length > 0) return undefined
  const found = leading.exec(line)
  if (!found) return undefined
  const { pointers } = takeLoose(found[1] ?? '')
  const words = found[2] ?? ''
  return readDone(words, pointers) ?? readAccept(words, pointers) ?? readOther(words, pointers)
}

function readDone(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  if (pointers.length > 0 && already.test(line)) return order('办结', pointers, '', line, true)
  return doneFirst.test(line) ? readDoneFirst(line, pointers) : readDoneLater(line, pointers)
}

/** 办好了，已清运 */
function readDoneFirst(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const { word = '', gap = '', rest = '' } = doneFirst.exec(line)?.groups ?? {}
  const loose = takeLoose(`${gap}${rest}`)
  const all = [...pointers, ...loose.pointers]
  const glued = gap === '' && loose.rest !== ''
  if (all.length === 0 && (glued || notYet.test(rest))) return undefined
  if (/^[没吗么]|的$/u.test(loose.rest)) return undefined
  return order('办结', all, '', loose.rest || noteIn(word, all), all.length > 0)
}

/** 灯的办好了 换了灯管 */
function readDoneLater(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const found = doneLater.exec(line)?.groups
  if (!found) return undefined
  const { about = '', word = '', gap = '', rest = '' } = found
  if (notYet.test(about) || /^[没吗么的得]/u.test(rest) || (gap === '' && rest !== '')) return undefined
  if (pointers.length > 0) return order('办结', pointers, '', line, true)
  if (notYet.test(rest)) return undefined
  const thing = about.replace(/(?:那|这)?[个单件张]?(?:的事?)?$/u, '')
  return order('办结', [], about, rest || (tellsHow(word) ? `${thing}${word}` : ''), false)
}

/** 修好了 says what was done; 办好了 does not, and is asked for a note. */
function noteIn(word: string, pointers: readonly Pointer[]): string {
  return pointers.length > 0 && tellsHow(word) ? word : ''
}

function tellsHow(word: string): boolean {
  return !/办结|办好|办完|办妥|结单|结案|完成$|完成了/u.test(word)
}

function readAccept(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  if (acceptFirst.test(line)) return readAcceptFirst(line, pointers)
  const later = acceptLast.exec(line)?.groups
  if (!later || /[?？没未不别]/u.test(later['about'] ?? '')) return undefined
  return order('接单', pointers, pointers.length > 0 ? '' : (later['about'] ?? ''), '', true)
}

/** 接 and 我去 begin many other sentences: they need something to point at. */
function readAcceptFirst(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const { word = '', rest: said = '' } = acceptFirst.exec(line)?.groups ?? {}
  const loose = takeLoose(said)
  const all = [...pointers, ...loose.pointers]
  const about = all.length > 0 || filler.test(loose.rest) ? '' : loose.rest
  const weak = /^(?:接|我去.*)$/u.test(word)
  if (notTaken.test(filler.test(loose.rest) ? '' : loose.rest)) return undefined
  if (weak && all.length === 0 && about === '') return undefined
  return order('接单', all, about, '', all.length > 0 || !(weak || word === '受理'))
}

const notTaken = /[没不未]|^(?:的|到|龙|完|着|电话|通知|力|近|待|触|口|下来|受)/u

function readOther(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const { word = '', rest: said = '' } = otherFirst.exec(line)?.groups ?? {}
  if (word === '') return undefined
  const loose = takeLoose(said)
  const all = [...pointers, ...loose.pointers]
  const handsOn = /^[转改移派]/u.test(word)
  // without a number only what strict words miss: 延期两天 等配件, 转张三
  const readable = handsOn
    ? someone.test(loose.rest)
    : word === '延期' && /^[\d一二两三四五六七八九十半]/u.test(loose.rest)
  if (all.length === 0 && !readable) return undefined
  return order(handsOn ? '转' : word, all, '', loose.rest, all.length > 0)
}

/** A name, or a department of which nobody has heard; 转发 and 转账 are other words. */
const someone =
  /^(?!发|让|账|租|卖|包|交|播|录|需|头|角|动|运|换|弯|晚|学|校|钱|正|身|告|移|眼|来|走|了|一|到|过|个|载|接|向|变|型|圈|悠)\p{Script=Han}{2,4}$/u

/** 这个转城管, 南门的灯交给城管: only of departments, for much else is given to people. */
function readHandedOn(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const { about = '', by = '', to = '' } = handedOn.exec(line)?.groups ?? {}
  if (!knownDepartment.test(to) || /[没未不别]/u.test(about)) return undefined
  const pointed = pointers.length > 0 || /^(?:就|那就|把)?(?:这|那)?[个单件张]?$/u.test(about)
  // 钥匙给物业 speaks of keys
  if (by === '给' && !pointed) return undefined
  return order('转', pointers, pointed ? '' : about, to, pointers.length > 0)
}

const handedOn =
  /^(?<about>.{0,14}?)[\s,，]?(?<by>转给?|转交给?|交给?|移交给?|派给|给)(?<to>\p{Script=Han}{2,5}?)(?:吧|办|处理|去办|来办)?$/u

/** 第二个; 2; 看001 */
function readItem(line: string, pointers: readonly Pointer[]): HurriedOrder | undefined {
  const alone = /^(\d{1,2})(?:号)?$/u.exec(line)
  const ending = /^(?:看看?|查看?|单子|单号|工单)?\s?(0\d{1,2})$/u.exec(line)?.[1]
  if (ending && pointers.length === 0) return order('', [{ ending: ending.padStart(3, '0') }], '', '', false)
  if (alone && pointers.length === 0) return order('', [{ item: Number(alone[1]) }], '', '', false)
  if (line === '' && pointers.length === 1) return order('', pointers, '', '', false)
  const items = pointers.filter((pointer) => 'item' in pointer)
  return items.length > 0 && /^(?:就|是|选|看看?|的|那个?|吧)*$/u.test(line)
    ? order('', items, '', '', false)
    : undefined
}

function order(
  word: string,
  pointers: readonly Pointer[],
  about: string,
  rest: string,
  sure: boolean,
): HurriedOrder {
  return { word, pointers, about, rest, sure }
}
