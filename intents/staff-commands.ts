import { normalize } from './normalize.ts'
import { type NoticeCommand, parseNoticeCommand, startsLikeNoticeCommand } from './notice-commands.ts'
import { parseQuestionCommand, type QuestionCommand, startsLikeQuestionCommand } from './question-commands.ts'
import { parseReportCommand, type ReportCommand } from './report-commands.ts'
import { knownDepartment } from './staff-words/departments.ts'
import { extensionIn } from './staff-words/extension.ts'
import { spaced } from './staff-words/spaced.ts'

/** What staff say to the bot. `number` as said (1120-003), absent when the one open ticket that fits is meant. */
export type StaffCommand =
  | QuestionCommand
  | { readonly command: 'tickets' }
  | { readonly command: 'help' }
  /** One ticket, whole. */
  | { readonly command: 'show'; readonly number: string }
  | { readonly command: 'accept'; readonly number?: string }
  | { readonly command: 'complete'; readonly number?: string; readonly note?: string }
  | { readonly command: 'extend'; readonly number?: string; readonly days?: number; readonly reason?: string }
  | { readonly command: 'approve'; readonly number?: string }
  | { readonly command: 'refuse'; readonly number?: string; readonly reason?: string }
  /** Without a department nobody is meant yet: the bot asks whom. */
  | {
      readonly command: 'reassign'
      readonly number?: string
      readonly department?: string
      readonly reason?: string
    }
  | { readonly command: 'whistle'; readonly number?: string; readonly departments: readonly string[] }
  | { readonly command: 'report-for-duty'; readonly number?: string; readonly department?: string }
  | { readonly command: 'return'; readonly number?: string; readonly reason?: string }
  | { readonly command: 'decline'; readonly number?: string; readonly reason?: string }
  | { readonly command: 'hold'; readonly number?: string; readonly reason?: string }
  | { readonly command: 'resume'; readonly number?: string }
  | { readonly command: 'reopen'; readonly number?: string; readonly reason?: string }
  /** What was reported to them has been seen. */
  | { readonly command: 'supervise'; readonly number?: string }
  /** Who is on duty. */
  | { readonly command: 'duty' }
  | NoticeCommand
  /** 随手记: a problem that staff met with; '' when nothing is said yet. */
  | { readonly command: 'note'; readonly text: string }
  /** What a message was: bot/learning/read-correction.ts reads the words. */
  | { readonly command: 'correct'; readonly number?: string; readonly words: string }
  | { readonly command: 'setting'; readonly mode: 'quiet' | 'mentions' | 'normal' }
  | ReportCommand

export interface StaffLine {
  readonly command: StaffCommand
  /** Said with a leading #, which a group demands when the bot is not mentioned. */
  readonly flagged: boolean
}

const number =
  /(?:编号|单号|工单号?|no\.?|#)?\s*((?:20\d{2})?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\s?-\s?\d{3,4})(?!\d)(?:号|这?单)?/u

/** 接单 1120-003 1120-004: the same order for each of them; a line with one number, or none, as it is. */
export function eachTicket(text: string): readonly string[] {
  const line = spaced(text)
  const every = new RegExp(`(?:[、，,\\s]|和|及)*(?:${number.source})`, 'gu')
  const found = [...line.matchAll(every)]
  if (new Set(found.map((match) => match[1])).size < 2) return [text]
  return found.map((one) => {
    let at = 0
    return line.replaceAll(every, (all) => (at++ === found.indexOf(one) ? all : ' '))
  })
}

/** What a line orders; undefined when it is no command. Order and spacing are free: 办结1120-003已换, 1120-003 办结 已换. */
export function parseStaffCommand(text: string, departments: readonly string[] = []): StaffLine | undefined {
  const line = spaced(text)
  const flagged = line.startsWith('#')
  // an answer keeps its line breaks
  const question = parseQuestionCommand(text.trim().replace(/^[#＃]/u, ''))
  if (question) return { command: question, flagged }
  const notice = parseNoticeCommand(text)
  if (notice?.sure) return { command: notice, flagged }
  const said = (flagged ? line.slice(1) : line).trim()
  const found = number.exec(said)
  const ticket = found?.[1]?.replaceAll(' ', '')
  const words = (found ? said.replace(found[0], ' ') : said).replace(/\s+/g, ' ').trim()
  const isDepartment = (word: string) => knownDepartment.test(word) || departments.includes(word)
  for (const read of readers) {
    const command = read(words, ticket === undefined ? {} : { number: ticket }, isDepartment)
    if (command) return { command, flagged }
  }
  // 发送, 继续: whether they speak of a notice, only the notices can tell
  return notice && { command: notice, flagged }
}

const staffWord =
  /^#\s*(?:(?:20\d{2})?\d{4}\s?-\s?\d{3}\s*)?(?:随手记|随手拍|工单|我的工单|纠正|纠错|台[账帐]|在办|待办|单子|帮助|命令|指令|help|安静|静音|正常|只答|接单|受理|办结|完成|结单|延期|申请延期|同意|批准|不同意|不批|驳回|转办|转派|转给|转交|移交|改派|派单|派给|派工|分派|交办|吹哨|报到|已?到场|退回|退单|不受理|不予受理|挂起|暂停|搁置|恢复|继续办理|重办|重新办理|关闭|撤单|催办|督办|查单|值班|日报|周报|半月报|月报|网格排名)/u

/** # and a word of staff: meant for the bot, also when the rest cannot be read as a command. */
export function startsLikeStaffCommand(text: string): boolean {
  return (
    staffWord.test(spaced(text).toLowerCase()) ||
    startsLikeQuestionCommand(text) ||
    startsLikeNoticeCommand(text)
  )
}

type Reader = (
  words: string,
  ticket: { readonly number?: string },
  isDepartment: (word: string) => boolean,
) => StaffCommand | undefined

/** The first that fits. A bare word must be the whole line; a word with an object must begin or end it. */
const readers: readonly Reader[] = [
  (words, { number: said }) =>
    said !== undefined && /^(?:查|看|看看|查看|查一下|看一下|查单|详情|情况|什么情况|啥情况)?$/u.test(words)
      ? { command: 'show', number: said }
      : undefined,
  bare(
    /^(?:工单|我的工单|今[天日]的?(?:单子?|工单)|台[账帐]|在办|在办(?:单子?|工单)|待办|单子|工单列表|看(?:看|一下)?工单)$/u,
    () => ({
      command: 'tickets',
    }),
  ),
  bare(/^(?:值班|值班表|(?:今[天晚]|现在|谁)(?:是?谁)?(?:在)?值班|看值班表?)$/u, () => ({ command: 'duty' })),
  (words, { number: said }) => (said === undefined ? parseReportCommand(words) : undefined),
  bare(/^(?:帮助|命令|指令|怎么用|help|\?)$/iu, () => ({ command: 'help' })),
  bare(/^(?:安静|静音|闭嘴|别说话|休息)$/u, () => ({ command: 'setting', mode: 'quiet' })),
  bare(/^(?:只答(?:提问|@|艾特)|只回答提问|只答提问的?|被@才说)$/u, () => ({
    command: 'setting',
    mode: 'mentions',
  })),
  bare(/^(?:正常|恢复正常|正常模式|说话|取消安静)$/u, () => ({ command: 'setting', mode: 'normal' })),
  (words) => {
    const note = /^随手(?:记|拍)(?:一下)?[:：,，\s]*(?<text>[\s\S]*)$/u.exec(words)?.groups?.['text']
    return note === undefined ? undefined : { command: 'note', text: note.trim() }
  },
  withRest('纠正|纠错', (ticket, rest) => ({ command: 'correct', ...ticket, words: rest })),
  withRest('接单|受理', (ticket, rest) =>
    mayFollow(ticket, rest) ? { command: 'accept', ...ticket } : undefined,
  ),
  // 办结没有 asks
  withRest('办结|完成|结单', (ticket, rest) =>
    /^没有?$/u.test(rest) ? undefined : { command: 'complete', ...ticket, ...(rest && { note: rest }) },
  ),
  withRest('延期|申请延期', (ticket, rest) => ({ command: 'extend', ...ticket, ...extensionIn(rest) })),
  withRest('同意(?:延期)?|批准(?:延期)?', (ticket, rest) =>
    mayFollow(ticket, rest) ? { command: 'approve', ...ticket } : undefined,
  ),
  withRest('不同意(?:延期)?|不批准?|驳回(?:延期)?', (ticket, rest) => ({
    command: 'refuse',
    ...ticket,
    ...reason(rest),
  })),
  withRest('派单|派工|转办|转派|改派|移交', (ticket, rest) =>
    rest ? undefined : { command: 'reassign', ...ticket },
  ),
  withRest('转办?给?(?!发|让|账)|转派给?|移交给?|改派给?|派单给?|派给', (ticket, rest, isDepartment) => {
    const [department = '', ...why] = rest.replace(/^(?:给|到|交)\s*/u, '').split(/[\s,，:：]+/u)
    return /^[\p{L}\d（）()/]{2,15}$/u.test(department) && (ticket.number || isDepartment(department))
      ? { command: 'reassign', ...ticket, department, ...reason(why.join(' ')) }
      : undefined
  }),
  withRest('吹哨', (ticket, rest) => {
    const departments = rest.split(/[\s,，、和及]+/u).filter(Boolean)
    return departments.length > 0 || ticket.number
      ? { command: 'whistle', ...ticket, departments }
      : undefined
  }),
  (words, ticket, isDepartment) => {
    const department = /^(?<department>\p{L}{2,8}?)\s*(?:(?:报到|已?到场)了?|到了)$/u.exec(words)?.groups?.[
      'department'
    ]
    return department !== undefined && isDepartment(department)
      ? { command: 'report-for-duty', ...ticket, department }
      : undefined
  },
  withRest('报到|已到场|到场', (ticket, rest, isDepartment) => {
    if (isDepartment(rest) && rest.length <= 8)
      return { command: 'report-for-duty', ...ticket, department: rest }
    return mayFollow(ticket, rest) ? { command: 'report-for-duty', ...ticket } : undefined
  }),
  withRest('重办|重新办理|重新派单|重开', (ticket, rest) => ({
    command: 'reopen',
    ...ticket,
    ...reason(rest),
  })),
  withRest('退回|退单', (ticket, rest) => ({ command: 'return', ...ticket, ...reason(rest) })),
  withRest('不受理|不予受理', (ticket, rest) => ({ command: 'decline', ...ticket, ...reason(rest) })),
  withRest('挂起|暂停(?:办理)?|搁置', (ticket, rest) => ({ command: 'hold', ...ticket, ...reason(rest) })),
  withRest('恢复(?:办理)?|继续办理', (ticket, rest) =>
    mayFollow(ticket, rest) ? { command: 'resume', ...ticket } : undefined,
  ),
  // a short word may follow: 收到，马上去催
  withRest('(?:好的?[,， ]?)?(?:已经?)?(?:收到|知道|知晓|知悉|督办)', (ticket, rest) =>
    rest.length <= 15 ? { command: 'supervise', ...ticket } : undefined,
  ),
]

function bare(pattern: RegExp, command: () => StaffCommand): Reader {
  return (words, ticket) =>
    ticket.number === undefined && pattern.test(words.replace(/[。!！.]$/u, '')) ? command() : undefined
}

/**
 * The word first, then (or before) the rest. A line that is long, or asks, or merely begins like a command
 * (完成得很好) is talk: without a number a rest must be set off by a space or a colon.
 */
function withRest(
  word: string,
  build: (
    ticket: { readonly number?: string },
    rest: string,
    isDepartment: (word: string) => boolean,
  ) => StaffCommand | undefined,
): Reader {
  const first = new RegExp(`^(?:${word})(?:了)?(?<gap>[\\s:：,，]*)(?<rest>.*)$`, 'u')
  const last = new RegExp(`^(?<rest>.*?)[\\s:：,，](?:${word})$`, 'u')
  const glued = new RegExp(`^(?:${word}).{2,6}$`, 'u')
  return (words, ticket, isDepartment) => {
    if (/[?？吗呢]$/u.test(words)) return undefined
    const found = first.exec(words) ?? (ticket.number ? last.exec(words) : null)
    if (!found) return undefined
    const rest = (found.groups?.['rest'] ?? '').trim()
    const setOff = rest === '' || ticket.number !== undefined || (found.groups?.['gap'] ?? '') !== ''
    // 转城管 is said without a space; the builder checks that a department follows.
    if (!setOff && !(glued.test(words) && /^[转派吹]/u.test(word))) return undefined
    return build(ticket, rest, isDepartment)
  }
}

/** Behind a number a short word may follow: 接单 1120-003 马上去. Another number would be another order. */
function mayFollow({ number }: { readonly number?: string }, rest: string): boolean {
  if (rest === '') return true
  const isTalk = /^[不没未的谁]|\d{3}|[谁吗么]$/u.test(rest)
  return number !== undefined && rest.length <= 15 && !isTalk
}

function reason(rest: string): { readonly reason?: string } {
  return rest ? { reason: rest } : {}
}

const demands: readonly RegExp[] = [
  // Lists of other people's data
  /(?:列出|导出|下载|打印|发(?:我|来|一下|给我)?|给我|显示|告诉我|查(?:一下|询)?|提供|汇总|调出|看看?).{0,10}(?:所有|全部|大家|每个?|整个|别人|其他人|业主|住户|居民|邻居|群里|某某|报修人|投诉人|举报人|\d{1,2}[号栋]).{0,10}(?:工单|单子|电话|手机|号码|身份证|姓名|名单|住址|地址|房号|门牌|联系方式|信息|记录|台[账帐]|资料|数据)/u,
  /(?:导出|下载|发我|打印).{0,6}(?:台[账帐]|工单|报表|名单|花名册|数据库?|后台|记录)/u,
  /(?:把|将).{0,12}(?:手机号?|电话|身份证号?|住址|联系方式|名单|聊天记录|花名册|台[账帐]|密码|密钥).{0,8}(?:发|给|告诉|导|贴|念)/u,
  /(?:谁|哪家|哪个人?|哪位|是谁).{0,6}(?:投诉|举报|报)(?:的|了)?(?:我|我家|我们).{0,10}(?:名字|电话|是谁|告诉|住哪|\?|$)/u,
  /(?:投诉|举报|报修)(?:我家?的?|人).{0,4}(?:是谁|叫什么|电话|住哪|信息|名字)/u,
  /(?:(?:公布|公开|曝光|告诉|说出|说说|交出).{0,8}|查.{0,8}(?<![我俺咱们]))(?:投诉|举报|报修|告状).{0,14}(?:是谁|是哪|叫啥|叫什么|名字|姓名|哪[家位个户]|身份|信息|电话|住哪)/u,
  /(?:谁|哪[家位个户]人?|哪个人).{0,4}(?:投诉|举报|检举)(?:的|了)*(?:我|俺|咱)/u,
  /(?:投诉|举报|告)(?:的|了)*(?:我|俺|咱|我们)家?的?(?:人)?(?:到底)?(?:是|叫)(?:谁|哪|什么|啥)/u,
  // Authority by words
  /(?:你现在|从现在起|现在起|假装|假设|请?扮演|把?自己当|你就是|我(?:现在)?(?:就)?是|本人是|我才是).{0,8}(?:管理员|超级管理|系统管理|开发者|程序员|你的?(?:主人|老板|创造者)|admin|root|站长|后台)/iu,
  /(?:忽略|无视|忘记|忘掉|不要管|跳过|绕过|取消|解除).{0,8}(?:之前|以前|前面|上面|上述|所有|一切|原来|你).{0,6}(?:指令|提示|规则|设定|限制|要求|命令|话)/u,
  /(?:ignore|disregard|forget).{0,20}(?:previous|above|prior|all|instructions?|rules?)|system\s*prompt|developer mode|jailbreak|dan模式|越狱/iu,
  /(?:系统提示词?|提示词|你的(?:指令|设定|系统|规则|密钥|后台)|api\s*key|数据库(?:密码|表)?|管理员密码|后台密码).{0,10}(?:发|给|是什么|告诉|输出|显示|多少|打印|念|$)/iu,
  /(?:给我|把我|帮我|将我|赋予我?|提升我?).{0,6}(?:设(?:为|成|置)?|升(?:为|级)?|加(?:为|成)?|开通?|提(?:权|为)?|变成|改成)?.{0,4}(?:管理员|管理权限|最高权限|admin|网格员权限|后台权限|超级权限)/iu,
  // Acts of staff
  /(?:关闭|关掉|删除|清空|删掉|办结|结掉|撤销|取消).{0,6}(?:所有|全部|大家的?|别人的?|整个|他的|她的|他们的|我们楼的?所有).{0,4}(?:工单|单子|记录|数据|投诉|消息)/u,
  /(?:以|用|冒充).{0,4}(?:社区|物业|管理员|街道|官方|居委会)(?:的)?(?:名义|身份).{0,6}(?:发|通知|说|回复)/u,
  /(?:给|向)(?:全|所有|每个|各)(?:群|体|小区|业主|居民).{0,6}(?:发|群发|推送).{0,3}(?:通知|公告|消息)/u,
  /(?:执行|运行)(?:命令|指令|代码|脚本|sql)|drop\s+table|select\s+\*|rm\s+-rf|sudo\s/iu,
]

/** Somebody asks in words for what only staff may do or see. What a person may do, the roster says, never the words. */
export function looksLikeStaffRequest(text: string): boolean {
  const line = normalize(text)
  return demands.some((demand) => demand.test(line))
}
