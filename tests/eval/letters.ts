import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { rowToPassage } from '../../knowledge/question-rows.ts'

/**
 * Letters of residents with the office's reply, invented for this project, in clusters of one subject: within
 * a cluster they differ in place, circumstance and wish only. What is asked is the title that the writer gave,
 * which is not in the row. Files with an odd number are for fitting, those with an even one for measuring.
 */

export interface Letter {
  readonly id: string
  readonly title: string
  /** The same wish in fewer and looser words, such as many writers choose. */
  readonly briefly: string | undefined
  /** undefined: asked, but its letter is left out. */
  readonly passage: Passage | undefined
}

const folder = new URL('./letters/', import.meta.url)
const row = z.strictObject({
  id: z.string(),
  title: z.string(),
  briefly: z.string().optional(),
  question: z.string().optional(),
  answer: z.string().optional(),
})

export async function loadLetters(): Promise<Letter[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.jsonl')).sort()
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))
  return texts
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => {
      const { id, title, briefly, question, answer } = row.parse(JSON.parse(line))
      const passage =
        question === undefined || answer === undefined ? undefined : rowToPassage({ id, question, answer })
      return { id, title, briefly, passage }
    })
}

/** Of the odd clusters, or of the even ones. */
export function lettersOf(half: 'fit' | 'measure', letters: readonly Letter[]): Letter[] {
  return letters.filter(({ id }) => (Number(id.slice(0, 2)) % 2 === 1) === (half === 'fit'))
}

/**
 * The letters among as many others as reach `size`: clauses of four letters, two of them of one cluster, places exchanged,
 * digits drawn anew. So names and subjects recur as often as in a mayor's post-bag.
 */
export function amongOthers(letters: readonly Letter[], size: number, seed = 20_261_120): Passage[] {
  const random = seededRandom(seed)
  const real = letters.flatMap(({ passage }) => (passage ? [passage] : []))
  const clusterOf = ({ id }: Passage) => id.slice(0, 2)
  const groups = [...new Set(real.map(clusterOf))].map((cluster) =>
    real.filter((passage) => clusterOf(passage) === cluster),
  )
  const others = Array.from({ length: Math.max(0, size - real.length) }, (_, at) => {
    const group = pick(groups, random)
    const parts = [group, group, real, real].map((from) => pick(from, random))
    const exchange = exchanger(random)
    return rowToPassage({
      id: `other-${at}`,
      question: exchange(
        mixed(
          parts.map(({ heading }) => heading),
          random,
        ),
      ),
      answer: exchange(
        mixed(
          parts.map(({ text }) => text),
          random,
        ),
      ),
    })
  })
  return shuffled([...real, ...others], random)
}

/** Two clauses of each, in turn. */
function mixed(texts: readonly string[], random: () => number): string {
  return texts
    .map((text) => {
      const clauses = text.match(/[^，。？！；]+[，。？！；]?/gu) ?? [text]
      const from = Math.floor(random() * Math.max(1, clauses.length - 1))
      return clauses.slice(from, from + 2).join('')
    })
    .join('')
}

/** Half of the places become another of the set, the other half a made-up one. */
function exchanger(random: () => number): (text: string) => string {
  const given = new Map<string, string>()
  return (text) =>
    text
      .replace(placePattern, (place) => {
        const other =
          given.get(place) ??
          (random() < 0.5 ? pick(places, random) : `${pick(syllables, random)}${pick(syllables, random)}`)
        given.set(place, other)
        return other
      })
      .replace(/[一二三四五六七八九\d]/gu, (digit) =>
        /\d/u.test(digit) ? String(Math.floor(random() * 10)) : pick('一二三四五六七八九', random),
      )
}

const places =
  '澄江 平皋 临洮 渤陵 云栖府 宏达纺织 松鹤苑 锦川 锦绣东城 柳荫 城西 红旗 马庙 城关 御景湾 碧波苑 北郊 金水桥 明德 青云路 文昌里 半山雅苑 君悦华庭 棉纺厂 天和佳园 翡翠城 滨河壹号 香樟里 石桥村 建设北路 锦绣里 富川 东风巷 观澜台 梧桐路 解放街 人民公园 三里河 槐西街 康桥名邸 万隆 柳林村 安居苑 纺织城 水厂路 白羊镇 和平里 望湖路 大学路 大塘坞 福源巷 清源居 莲花山 酱园弄 明辉物流 华庭 汇丰 美景天城 鼎盛国际 花园村 柳湾村 凤凰新城 恒昌 启智 宝瑞 荷花路 盛世家园 滨江大道 春和街 文昌大道 东湖 长春路 市民广场 天悦府 学府路 怡园'.split(
    ' ',
  )
const placePattern = new RegExp(places.join('|'), 'gu')
const syllables = '云松柳桐枫桂兰竹梅荷石泉溪湖河江海山岭坡沙田园林桥塔井钟鼓楼亭台阁院庙寺门关口村庄屯堡'

function pick<T>(values: ArrayLike<T>, random: () => number): T {
  return values[Math.floor(random() * values.length)] as T
}

function shuffled<T>(values: T[], random: () => number): T[] {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[values[at], values[other]] = [values[other] as T, values[at] as T]
  }
  return values
}
