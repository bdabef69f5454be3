import { normalize } from '../../intents/normalize.ts'
import { toDigits } from '../../intents/numerals.ts'
import type { Period } from './ranking.ts'

/** What somebody wants of the quiz, from their words. */
export type QuizRequest =
  | { readonly want: 'start'; readonly count: number; readonly byBuilding: boolean }
  | { readonly want: 'next' | 'stop' | 'mine' }
  | { readonly want: 'ranking'; readonly of: 'group' | 'community' | 'buildings'; readonly period: Period }

/** A longer series keeps two hundred people from talking about anything else. */
const mostQuestions = 20
const usualSeries = 5

/** Said alone while a game runs, these can mean nothing else: 停, 不玩了, 别出题了. */
const stopping =
  /^#?(?:好了?|算了|行了)?[,，\s]*(?:停|停下来?|停止|先?停一?下?|不玩|不答|别出|别出题|结束|(?:结束|停止|退出|关掉?|暂停)(?:答题|竞赛|比赛|游戏|问答|抢答)|(?:答题|竞赛|比赛)(?:结束|停止)|到此为止|今天就到这里?)(?:吧|了|啦|呀|啊)*[\s.。!~]*$/u

const number = '(\\d{1,3}|[一二两三四五六七八九十]{1,3}|几)'
const counted = new RegExp(`${number}\\s*(?:道|个)?(?:垃圾分类)?的?题`, 'u')
const words = {
  ranking: /排行|排名|榜|名次|冠军|谁第一|第一名是谁/u,
  mine: /(?:我|俺|咱|本人).{0,6}(?:积分|得分|分数|几分|多少分|第几|排名|名次|成绩|战绩)|^#?(?:查分|查积分|战绩|成绩|积分)$|(?:几分|多少分)了?我/u,
  stop: /不玩|结束|停止|不答|别出|不出题|算了|退出/u,
  next: /下一|再来|再出|换一|继续|接着|跳过|下个/u,
  start:
    /来.{0,4}[题道]|出.{0,4}题|题.{0,2}[来出发]|发题|答题|竞赛|抢答|问答|闯关|比赛|擂台|楼栋[赛战对]|考考?[我俺]|考一下|题目|开始/u,
  buildings: /楼栋|楼与楼|哪[栋楼]|各楼|[栋楼](?:排|榜|对|赛|比|pk)/u,
  series: /竞赛|比赛|抢答|擂台|闯关|[赛战]|pk/u,
}

/** Words of the game that nothing else is asked with: 楼栋排名, 上周排名, 楼栋赛 5题. */
const plain =
  /^#?(?:(?:[本这上]个?(?:周|星期|礼拜))的?)?(?:全?社区|各?楼栋?|本群)?(?:答题)?(?:总?排行榜?|排名|积分榜|周榜|总榜|楼栋榜|社区榜)[!。~?]?$|^#?楼栋(?:答题)?(?:竞?赛|对抗赛?|大战|pk)/u

export function isPlainRequest(text: string): boolean {
  return plain.test(normalize(text))
}

export function isStop(text: string): boolean {
  return stopping.test(normalize(text))
}

const notKnown = [
  '(?:真的?|也|都)*(?:不会|不知道|不晓得|不清楚|不懂)',
  '(?:猜|想|答)不[出着到上起]来?',
  '没想法|没思路|放弃|认输|投降',
  '(?:正确)?答案(?:是|呢)?(?:什么|啥|哪个)?',
  '(?:直接)?(?:公布|揭晓|看|说|告诉我|给我看?)(?:一下)?(?:正确)?答案',
  '该?选(?:什么|啥|哪个)',
].join('|')
const givingUp = new RegExp(
  `^(?:(?:好|太)?难了?|唉|哎|我们?|俺|[,，\\s])*(?:${notKnown})(?:告诉我|说吧|公布|[吧了啦呀啊呢做答,，.。!~?？\\s])*$`,
  'u',
)

/** Alone with the bot: 我不会, 不知道, 答案是什么. */
export function givesUp(text: string): boolean {
  return givingUp.test(normalize(text))
}

/** Undefined for talk about the quiz that asks for nothing. */
export function quizRequestIn(text: string): QuizRequest | undefined {
  const said = normalize(text).replace(/^#\s*/u, '')
  if (words.mine.test(said) && !/楼|栋|社区/u.test(said)) return { want: 'mine' }
  if (words.ranking.test(said) || /(?:查看?|看)(?:一下)?(?:积分|得分)/u.test(said) || /^积分/u.test(said))
    return { want: 'ranking', of: rankedIn(said), period: periodIn(said) }
  if (stopping.test(said) || words.stop.test(said)) return { want: 'stop' }
  if (counted.test(said) || words.start.test(said)) {
    // 再来一题 goes on; 再来5题 begins anew
    if (words.next.test(said) && countIn(said) === 1) return { want: 'next' }
    return { want: 'start', count: countIn(said), byBuilding: words.buildings.test(said) }
  }
  return words.next.test(said) ? { want: 'next' } : undefined
}

function rankedIn(said: string): 'group' | 'community' | 'buildings' {
  if (words.buildings.test(said)) return 'buildings'
  return /社区|全社区|各群/u.test(said) ? 'community' : 'group'
}

function periodIn(said: string): Period {
  if (/上[个一]?(?:周|星期|礼拜)/u.test(said)) return 'lastWeek'
  return /[本这]个?(?:周|星期|礼拜)|周榜/u.test(said) ? 'week' : 'all'
}

function countIn(said: string): number {
  const found = counted.exec(said)?.[1]
  if (found === undefined) return words.series.test(said) ? usualSeries : 1
  const count = found === '几' ? usualSeries : Number(toDigits(found))
  return Number.isInteger(count) ? Math.min(Math.max(count, 1), mostQuestions) : usualSeries
}
