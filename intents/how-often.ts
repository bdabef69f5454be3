import { normalize } from './normalize.ts'

const count = '(?:\\d{1,2}|[一二两三四五六七八九十几好]{1,3})'
const times = '(?:次|回|趟|遍|场)'
/** The first that fits tells it best: a number of times before a word like 经常. */
const patterns: readonly RegExp[] = [
  // 一周两三次, 每天三回, 一个月一次
  new RegExp(
    `(?:每|一)(?:个)?(?:天|日|周|星期|礼拜|月|年|晚|季度)(?:都|要|得|能|就|至少|最少|差不多)?(?:有|来|停|坏|吵|闹|漏|堵)?${count}(?:到${count})?${times}`,
    'u',
  ),
  // 第三次了, 第5回
  new RegExp(`第${count}${times}(?:了)?`, 'u'),
  // 每天晚上, 每周五, 每逢下雨, 一下雨就
  /每天(?:早上|清早|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨)?|每(?:到|逢)[\u4e00-\u9fff]{1,4}?(?=就|都|便|,|$)|每(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]|每(?:晚|夜|早|周|月|年|次|回)|(?:天天|夜夜|日日|月月|年年)(?:早上|晚上|夜里|半夜)?/u,
  /一到?(?:下雨|下雪|刮风|晚上|夜里|半夜|冬天|夏天|周末|过节|早上|饭点|下班)(?:天)?(?=就|都|,)/u,
  /三天两头|隔三[差岔]五|隔天|隔几天|动不动|时不时|一天到晚|没日没夜|从早到晚/u,
  // 坏了三次了, 说过好几回
  new RegExp(`(?:好|都|已经|连着|前后|反映|报|说|坏|停|堵|漏|修)(?:了|过)?(?:好)?${count}${times}`, 'u'),
  /经常|常常|时常|总是|老是|反复|频繁|多次|屡次|好几[次回]|偶尔|有时候?/u,
]

/** How often, as said (每天晚上, 一周两三次, 第三次了); undefined when nothing is said of it. */
export function extractHowOften(text: string): string | undefined {
  const line = normalize(text)
  for (const pattern of patterns) {
    const found = pattern.exec(line)
    if (found) return found[0]
  }
  return undefined
}
