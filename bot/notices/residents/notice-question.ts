import { normalize } from '../../../intents/normalize.ts'
import { piecesOf } from '../../../tickets/text-pieces.ts'
import { type NoticeAspect, noticeAspects } from './notice-aspects.ts'
import { hintsAt, isOutage, topicsIn } from './notice-topics.ts'

/** Whether a line asks something about a notice: what, and how clearly about this one. Pure. */
export interface NoticeQuestion {
  readonly aspect: NoticeAspect
  /**
   * `named`: it speaks of what the notice is about (停水停到啥时候); `shared`: it shares other words with it; `hinted`: by a
   * verb (几点来); `bare`: it names nothing (要带什么), and whether the notice is meant only what was said before can tell.
   */
  readonly link: 'named' | 'shared' | 'hinted' | 'bare'
  /** Somebody it asks about by name, 孩子能打吗: what does not speak of them is no answer. */
  readonly of?: string
  /** It also speaks of something that the notice has no word about: 停水期间的水费怎么减免. */
  readonly foreign: boolean
}

const longest = 48

/** @param notice its own words */
export function readNoticeQuestion(text: string, notice: string): NoticeQuestion | undefined {
  const line = plain(text)
  if (line.length < 2 || line.length > longest || troubled.test(line) || ofNeighbours.test(line))
    return undefined
  if (isOfAnotherDay(line, notice)) return undefined
  // 哪天来 asks for the end of what is off, and else for the beginning
  const comes = !isOutage(notice) && line.includes('来')
  const aspect = noticeAspects.find(({ name, asks }) => asks.test(line) && !(comes && name === 'end'))
  if (!aspect) return undefined
  // 打针带医保卡吗 is not about the insurance
  const topics = topicsIn(line.replace(carried, '，'))
  // 停电几点来 is no question about a notice on water
  if (topics.some((topic) => !topic.notice.test(subjectOf(notice)))) return undefined
  if (topics.length === 0 && ofFamily.test(line)) return undefined
  if (aspect.name === 'where' && (isOutage(notice) || topics.some(({ asks }) => isOutage(asks.source))))
    return undefined
  const bare = leftOver(line, aspect)
  const words = piecesOf(bare)
  const shared = words.filter((piece) => subjectOf(notice).includes(piece) && !everyNotice.test(piece))
  // 电梯什么时候修好, where 电梯 is no more than a warning
  if (topics.length === 0 && /修/u.test(line)) return undefined
  const link = linkOf(topics.length > 0, shared.length > 0, hintsAt(line, notice))
  if (link === 'bare' && /\p{Script=Han}|[a-z]/u.test(bare.replace(fillers, ''))) return undefined
  const isForeign = topics.length > 0 ? speaksOfMore : saysMore
  const of = aspect.name === 'who' ? people.exec(line)?.[0] : undefined
  return {
    aspect,
    link,
    foreign: isForeign(withoutTopics(bare, topics), notice),
    ...(of !== undefined && { of }),
  }
}

/** Whether it asks, in whatever way, and every word of it is one of the notice's: 家里有呼吸机怎么办. */
export function speaksOnlyOf(text: string, notice: string, { asked }: { readonly asked: boolean }): boolean {
  const line = plain(text)
  if (line.length > longest || !asks.test(line) || troubled.test(line) || ofNeighbours.test(line))
    return false
  // 9号楼 is not among 1-6号楼, and 怎么停水了 wants more than the notice
  const numbers = line.match(/\d+/gu) ?? []
  if (wonders.test(line) || numbers.some((number) => !notice.includes(number))) return false
  const topics = topicsIn(line)
  if (topics.some((topic) => !topic.notice.test(subjectOf(notice)))) return false
  const bare = line.replace(asks, '，').replace(/[\d\p{P}\p{S}]+/gu, '，')
  const shared = piecesOf(bare).filter(
    (piece) => subjectOf(notice).includes(piece) && !everyNotice.test(piece),
  )
  // unasked, one word in common is chance
  return shared.length > (asked ? 0 : 1) && !saysMore(withoutTopics(bare, topics), notice)
}

const wonders = /(?:怎么|咋|为什么|为啥)(?:又|就|还|突然|都)?(?:停|没|断|不)/u
const asks =
  /[?？]$|[吗么嘛][啊呀呢]*$|怎么(?:办|弄)|咋(?:办|弄|整)|怎么|如何|(?:能|可|要|是|会|用|行)不(?:能|可以?|要|是|会|用|行)|有没有|多少|哪|谁|什么|啥|几/u

/** 后天还办吗, where the notice speaks of 明天. */
function isOfAnotherDay(line: string, notice: string): boolean {
  const day = otherDays.exec(line)?.[0]
  return day !== undefined && !notice.includes(day)
}

/** What it is about: 请带医保卡 does not make it a notice about the insurance. */
function subjectOf(notice: string): string {
  return notice.replace(brought, '，')
}

/** Cheap, for every line that is said: without this it asks nothing that a notice could say. */
export function mayAsk(text: string): boolean {
  const line = plain(text)
  return line.length <= longest && noticeAspects.some(({ asks }) => asks.test(line))
}

/** Cheap as well: it asks something. */
export function mayAskAnything(text: string): boolean {
  const line = plain(text)
  return line.length <= longest && asks.test(line)
}

/** In one line, without what politeness puts around a question. */
function plain(text: string): string {
  return normalize(text)
    .replace(/\s*\n\s*/gu, '，')
    .replace(/[☺▣@]/gu, '')
    .trim()
}

function linkOf(isNamed: boolean, isShared: boolean, isHinted: boolean): NoticeQuestion['link'] {
  if (isNamed) return 'named'
  return isShared ? 'shared' : isHinted ? 'hinted' : 'bare'
}

const otherDays = /大后天|后天|昨天|前天|下周|下个?月/u
const brought = /(?:请|需|要|自)?(?:携?带|出示|凭)[^，。；;！!\n]{0,30}/gu
const carried = /带[^，。?]{0,6}[卡证本]/gu
const people = /老人|老年人|小孩|孩子|宝宝|租户|租房|外地|孕妇|年轻人/u

/** Not asked, but complained about: a ticket, or a sigh. */
const troubled =
  /怎么(?:又|还|老|总|这么|天天|就?[没不](?!来|到))|为(?:什么|啥)(?:又(?!要[停断])|还|总|老|不|没|天天)|凭(?:什么|啥)|投诉|没人(?:管|通知|说|来|修)|(?:没|不|未)(?:提前|早点?|收到|人)?(?:通知|告知)|烦死|气死|受不了|太(?:久|慢|差|不|过分)|[\d一两二三四五六七八九十几好多半]+(?:个)?(?:天|小时|月|周|星期|多小时)了|好久了|一直|天天|老是|总是|经常|每次|[又还]停|又断|什么破|漏|爆(?:了|管)|坏了|堵了|臭|吵|着火|冒烟|触电|有味|黄的|浑|发黑|赔|退(?:钱|费|款)/u
/** Asked of neighbours, or about something of one's own. */
const ofNeighbours =
  /你们?(?:家|那|楼|几点|什么时候|啥时|在哪|去|打|来|有)|您(?:家|几点|什么时候|在哪|去|来)|谁家|谁(?:要|想|有|和|跟|陪)|有人(?!知道)|有没有人(?!知道)|一起|拼车|拼单|团购|转让|出售|快递|外卖|下班|上班|放学|(?:现在)?几点了|(?<!接种)(?:中心|室|站|所|局|窗口|大厅|派出所|民警|师傅|物业|医院|学校)的?(?:联系)?电话|回家|回来|到家|接(?:孩子|娃)|吃饭|打牌|跳舞|遛|哪(?:个|家)(?:店|馆子|饭店|超市)/u
/** Talk of one's own, unless what the notice is about is named. */
const ofFamily = /[他她]|老公|老婆|我(?:爸|妈|儿|女|老|孙)/u
/** In every notice there is, and so a sign of none. */
const everyNotice =
  /时间|地点|地址|电话|原因|范围|社区|居民|通知|邻居|业主|小区|请问|注意|提前|办理|联系|方式|材料|内容|免费|需要|准备|身份|网格|物业|家里|老人|孩子|服务|中心|大厅|[周星期][一二三四五六日]/u

const fillers =
  /请问|麻烦|劳驾|想?问一?下|问问|想问|打听一?下|咨询一?下|各位|大家|邻居们?|亲们?|群主|我(?:爸|妈|老公|老婆|儿子|女儿)|[他她]|小邻|(?:有?谁|有没有人|有人|哪位)(?:能)?(?:知道|晓得|说一?下)|不?知道|你好|您好|大约|大概|具体|到底|究竟|一般|现在|目前|刚才|刚刚|这次|这回|那个|这个|这条|通知|公告|里面?|上面|说的?|写的?|咱们?|我们?|我家|家里?|我|小区|社区|这边|这里|那边|这|那|到时候?|时候|时间|时|谢谢|急死?|等着|呀|啊|呢|吗|嘛|么|吧|哈|哦|喔|哎|诶|嗯|了|的|得|是|就|才|会|能|可以|要|还|也|都|又|再|在|去|到|给|把|让|用|从|由|些|有|没|不|被|和|跟|与|等|下|啥|什么|电话|几|多少|多久|哪|怎么|咋|如何|谁|何|一|个|点|钟|号|楼|栋|幢|单元|室|期间|需要|准备|范围|时间|地点|地址|位置|原因|材料|费用?|截止|安排|有?问题|事情|情况|车子|[今明去后]年|今[天早晚]|明[天早晚]|后天|昨天|早上|上午|中午|下午|晚上|周.|星期.|月|日|结束|开始|完|来|停|断|恢复|收到|好/gu

function leftOver(line: string, { asks }: NoticeAspect): string {
  return line
    .replace(carried, '，')
    .replace(asks, '，')
    .replace(/[\d\p{P}\p{S}]+/gu, '，')
}

function withoutTopics(text: string, topics: ReturnType<typeof topicsIn>): string {
  return topics.reduce((rest, { asks }) => rest.replaceAll(new RegExp(asks.source, 'gu'), '，'), text)
}

function speaksOfMore(text: string, notice: string): boolean {
  const runs = text.replace(fillers, '，').match(/\p{Script=Han}{2,}|[a-z]{2,}/gu) ?? []
  return runs.some((run) => !notice.includes(run) && ![...pairs(run)].some((pair) => notice.includes(pair)))
}

/** 南门几点关, where the south gate is no more than a way round: every verb has to be one of the notice's. */
function saysMore(text: string, notice: string): boolean {
  if (speaksOfMore(text, notice)) return true
  return [...text.replace(fillers, '')].some(
    (letter) => /\p{Script=Han}/u.test(letter) && !notice.includes(letter),
  )
}

function* pairs(run: string): Iterable<string> {
  for (let at = 0; at + 1 < run.length; at++) yield run.slice(at, at + 2)
}
