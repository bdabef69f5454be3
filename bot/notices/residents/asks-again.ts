import { normalize } from '../../../intents/normalize.ts'
import { addDays } from '../../../tickets/shanghai-time.ts'
import { piecesOf } from '../../../tickets/text-pieces.ts'
import { topicsIn } from './notice-topics.ts'

/** 刚才的通知谁有, 通知再发一下, 昨天那个打疫苗的通知找不到了. Pure. */
export interface AskedAgain {
  /** The day on which it came, when that is said: 昨天. */
  readonly day?: string
  /** Whether a notice of these words can be meant. */
  fits(notice: string): boolean
}

const longest = 40
const thing = /通知|公告|告示/u
const wants =
  /(?:谁|哪位|有没有人|有人|大家)(?:那里|那儿|手机里|还)?(?:有|存|保存|留|截图|记得)|再(?:发|说|贴|转|来)|重(?:新)?发|补发|(?:发|转|贴)(?:一下|一遍|一份|一次|下|个|我|给我|到群|群里|出来|上来)|找不[到着]|没(?:看到|看见|看清|找到|注意|记住|来得及看|截图)|看不[到见]|刷(?:没|过去|上去|掉)|翻(?:不到|了半天|半天)|顶上去|(?:在|去)哪(?:里|儿)?(?:看|找|有|呢|了)?|删(?:了|掉)|(?:说|写|是)的?(?:啥|什么|啥来着|什么来着)|(?:什么|啥)(?:内容|来着)|怎么(?:说|写)的|求(?:一下|发|个|转)?|忘了/u
const otherwise =
  /(?:没|不|未)(?:有)?(?:人|提前|任何)*(?:发|出|贴)?(?:个|一个|过)?通知|怎么(?:不|没|都)|为(?:什么|啥)(?:不|没)|通知(?:都|也)?(?:不|没)(?:发|有|贴|到)|录取|录用|面试|催[费缴]|罚款|停机|[缴交](?:费|款)通知单|通知书|(?:请|麻烦|帮忙)?通知(?:一下|下)?(?:我|他|她|物业|师傅|家属|大家|家长)|银行|快递|学校|幼儿园|单位|公司|老师|朋友圈|你们?(?:那|家)/u
const says =
  /请问|麻烦|劳驾|刚才|刚刚|刚发|上次|上回|之前|前面|早上|上午|中午|下午|晚上|今[天早晚]|昨[天晚]|前天|那个|那条|这个|这条|哪个|的|了|呢|吗|吧|啊|呀|谢谢|各位|大家|邻居们?|群里|群主|谁|有没有人|有人|还有|有|哪位|能|可以|不能|帮忙?|帮|我|给|一下|一份|一遍|一次|一条|下|再|发|说|贴|转|补|重新?|出来|上来|上去|找不[到着]|没|看[到见]?|看不[到见]|刷过去|刷没|翻|半天|在哪里?儿?|去|里|删|求|忘|啥|什么|内容|来着|怎么|写|是|社区|物业|小区|想|要|个|份|存|截图|保存|记得|通知|公告|告示|小邻|手机|不小心|清空|清理|换/gu

/** @param today 2026-11-20 */
export function readAskedAgain(text: string, today: string): AskedAgain | undefined {
  const line = normalize(text).replace(/\n/gu, '，').trim()
  if (line.length > longest || !thing.test(line) || !wants.test(line) || otherwise.test(line))
    return undefined
  const topics = topicsIn(line)
  const named = piecesOf(line.replace(says, '，'))
  const day = /昨[天晚]/u.test(line)
    ? addDays(today, -1)
    : /前天/u.test(line)
      ? addDays(today, -2)
      : undefined
  return {
    ...(day !== undefined && { day }),
    fits(notice) {
      if (topics.length > 0) return topics.every((topic) => topic.notice.test(notice))
      return named.length === 0 || named.some((piece) => notice.includes(piece))
    },
  }
}
