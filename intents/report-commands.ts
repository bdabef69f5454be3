/** 日报, 上周周报, 网格排名: staff ask for a report. */
export interface ReportCommand {
  readonly command: 'report'
  readonly kind: 'daily' | 'weekly' | 'half_monthly' | 'monthly'
  /** The period before the one that runs now. */
  readonly before: boolean
  /** Only how the grids stand to each other. */
  readonly ranking: boolean
  /** 排名 alone: in a group residents may mean the quiz. */
  readonly bare: boolean
  /** As it was said; absent: where one is, or what one answers for. */
  readonly place?: string
}

const when =
  '今[天日]|当[天日]|昨[天日]|前一天|本周|这周|这个?星期|上个?(?:周|星期|礼拜)|上半个?月|上个?半月|本半月|这半个?月|本月|这个?月|上个?月|本期|上一?期'
const what = '日报表?|周报表?|半月报表?|月报表?|(?:各个?)?网格(?:得分)?排名|排名'
const name = '[\\p{L}\\p{N}（）()]{2,20}'
const pattern = new RegExp(
  `^(?:看看?|发一?下?|来一?份)?(?:(?<first>${name}) )?(?<when>${when})?的? ?(?<what>${what})(?: (?<last>${name}))?[。!！]?$`,
  'u',
)

/** @param words without the #, spaces folded. Undefined when it asks for no report. */
export function parseReportCommand(words: string): ReportCommand | undefined {
  const found = pattern.exec(words)?.groups
  if (!found) return undefined
  const { when: said = '', what: word = '', first, last } = found
  const place = first ?? last
  const ranking = word.endsWith('排名')
  return {
    ...{ command: 'report', kind: kindOf(word, said), ranking },
    before: /^[昨前上]/u.test(said),
    bare: words === '排名',
    ...(place !== undefined && { place }),
  }
}

/** A ranking is of the week, unless another time was named. */
function kindOf(word: string, said: string): ReportCommand['kind'] {
  if (word.startsWith('日')) return 'daily'
  if (word.startsWith('周')) return 'weekly'
  if (word.startsWith('半')) return 'half_monthly'
  if (word.startsWith('月')) return 'monthly'
  if (/[天日]$/u.test(said)) return 'daily'
  if (said.includes('半')) return 'half_monthly'
  return said.endsWith('月') ? 'monthly' : 'weekly'
}
