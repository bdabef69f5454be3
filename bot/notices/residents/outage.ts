import { normalize } from '../../../intents/normalize.ts'
import type { House } from '../../house.ts'
import type { Notice } from '../notice.ts'
import { firstMomentIn } from '../times/first-moment.ts'
import { lastMomentIn } from '../times/last-moment.ts'
import { topicsIn } from './notice-topics.ts'

/**
 * 怎么又停水了, while a notice says that the water is off here and now: nothing is broken, and a kind word helps more
 * than a ticket. Whatever else is said besides (脏, 漏, 两天了) is a matter of its own.
 */

/** Says that it is off, asks why, or when it comes back, and says no more. */
export function saysOnlyThatItIsOff(text: string, notice: string): boolean {
  const line = normalize(text).trim()
  if (line.length > longest || other.test(line) || !isOff.test(line)) return false
  const topics = topicsIn(line)
  if (topics.length === 0 || !topics.every((topic) => topic.notice.test(notice))) return false
  const bare = topics.reduce((rest, { asks }) => rest.replaceAll(new RegExp(asks.source, 'gu'), '，'), line)
  return !/\p{Script=Han}{2}|[a-z]{2}/u.test(bare.replace(adds, '，').replace(/[\d\p{P}\p{S}\s]+/gu, '，'))
}

const longest = 40
const isOff = /停|断|没有?[水电气网暖]|[水电气网暖](?:没|停|断)|(?:没|不)(?:有|来|通)/u
/** Longer than any notice, or another trouble. */
const other =
  /[\d一两二三四五六七八九十几好多]+(?:个)?(?:天|小时|钟头|月|周|星期|晚上)|好久|一直|天天|老是|总是|经常|每次|昨[天晚]|前天|上周|漏|爆|坏|堵|臭|味|黄|浑|脏|黑|火|烟|困|电梯|病|氧|孕|宝宝|婴儿|医|救|急用|赔|投诉|过了|已经(?:\d|[一二两三四五六七八九十]+)点|点了/u
const adds =
  /为什么|为啥|怎么|咋|是不是|突然|忽然|居然|好像|这么|那么|什么情况|啥情况|咋回事|怎么回事|怎么搞的|回事|搞的|什么时候|啥时候|时候|几点|多久|何时|请问|有人知道|谁知道|知道|各位|邻居们?|大家|我们?家?|咱们?家?|你们?家?|家里?|楼里?|小区|单元|这边|这里|那边|号楼|栋|幢|现在|今天|今早|今晚|早上|上午|中午|下午|晚上|刚刚?|刚才|就|又|还|也|都|全|没有?|不|来|停|断|有|在|到|了|的|呢|吗|吧|啊|呀|嘛|哦|哎|唉|诶|喂|物业|社区|网格员|@|能|会|要|才|恢复|通知|说|一声|提前|也没|洗澡|做饭|烦|死|急|啊啊|无语|天哪|妈呀|谁家|是|急死|等着|用/gu

/** 已经12点了还没来水, 说好12点来水，现在还停着: said after the notice's time, it asks for hands. */
export function stillOff(text: string, notice: string): boolean {
  const line = normalize(text).trim()
  if (line.length > longest || !still.test(line)) return false
  const topics = topicsIn(line)
  return topics.length > 0 && topics.every((topic) => topic.notice.test(notice))
}

const still =
  /(?:还|仍|依然|怎么|为什么|为啥|咋|到现在|现在)[^，。?]{0,6}(?:没|不)(?:有|来|通|恢复|供|[水电气网暖])|还(?:在)?停|[水电气网暖](?:还是|怎么|到现在|仍|现在)?(?:都)?(?:没|不)(?:有|来|通|恢复)/u

/** Off at their own home alone, or for days: no notice explains that, whatever else it says. */
export function isOffForThemselves(text: string, notice: string): boolean {
  const line = normalize(text).trim()
  return isSaidToBeOff(line, notice) && (alone.test(line) || forDays.test(line))
}

/** Says of a building that it is off there: 怎么10号楼也没水. Whoever asks whether it will be says nothing of the kind. */
export function isSaidToBeOff(text: string, notice: string): boolean {
  const line = normalize(text).trim()
  if (line.length > longest || !isOffNow.test(line) || onlyAsks.test(line)) return false
  const topics = topicsIn(line)
  return topics.length > 0 && topics.every((topic) => topic.notice.test(notice))
}

const isOffNow = /没有?[水电气网暖]|[水电气网](?:没|断)了|[停断][水电气暖网]?了|也?[停断][水电气暖网]|停着/u
const onlyAsks =
  /(?:停|断)[水电气暖网]?不(?:停|断)|会不会|要不要|[吗么][?？]?$|几点|什么时候|啥时候|哪[几些天栋个]/u
const alone =
  /(?:只有?|就|单单?|偏偏)我们?家|(?:邻居|隔壁|别人|对门|楼上|楼下)家?(?:都|也|家)*(?:有|来了|正常|没停)/u
const forDays = /[\d一两二三四五六七八九十几好多]+天(?!后)/u

/** The notice's time has begun and is not over; without a time it holds from when it was said. */
export function isWithinTime({ notices }: House, notice: Notice, words: string, now: number): boolean {
  const begins = firstMomentIn(words, saidAt(notice), notices.partsOfDay)
  // pipes are shut a little before
  return (
    (begins === undefined || begins - early <= now) &&
    now < (endOf(notices, notice, words) ?? notice.expiresAt)
  )
}

/** It names an end, and that is past. */
export function isAfterTime({ notices }: House, notice: Notice, words: string, now: number): boolean {
  const ends = endOf(notices, notice, words)
  return ends !== undefined && now >= ends
}

function endOf(rules: House['notices'], notice: Notice, words: string): number | undefined {
  return lastMomentIn(words, saidAt(notice), rules.partsOfDay)
}

/** 今天 and 明早 are counted from then. */
function saidAt({ sendAt, writtenAt }: Notice): number {
  return sendAt ?? writtenAt
}

const early = 15 * 60_000

/** The buildings that a notice names, [] when it names none: 1-6号楼、9栋. */
export function buildingsIn(words: string): readonly string[] {
  const found: string[] = []
  for (const [, list = ''] of words.normalize('NFKC').matchAll(lists))
    for (const [, from = '', to = from] of list.matchAll(
      /(\d{1,3})(?:\s*(?:号楼|栋|幢|座|号)?\s*[-—–~至到]\s*(\d{1,3}))?/gu,
    ))
      for (let building = Number(from); building <= Math.min(Number(to), Number(from) + 200); building++)
        found.push(String(building))
  return found
}

const unit = '(?:号楼|栋|幢|座)'
const lists = new RegExp(
  `((?<!\\d)\\d{1,3}${unit}?(?:\\s*(?:[-—–~至到、,，和及]|以及)\\s*\\d{1,3}${unit}?)*)(?<=${unit})|((?<!\\d)\\d{1,3}(?:\\s*[-—–~至到、,，和及]\\s*\\d{1,3})*)(?=${unit})`,
  'gu',
)
