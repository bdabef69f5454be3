import { normalize } from './normalize.ts'

const count = '(?:[0-9]{1,3}|[零一二两三四五六七八九十半几好数]{1,3})'
const patterns: readonly RegExp[] = [
  /(?:从|自|打)?(?:上|这|本|前|去|今|昨|大前)(?:个)?(?:周|星期|礼拜|月|年|天|日|晚|夜)(?:[一二三四五六日天末]|早上|晚上|夜里|下午|上午|中午|凌晨|半夜)?(?:开始|起|到现在)?/u,
  new RegExp(
    `(?:都|已经?|快|有|大概|将近|停了|坏了|堵了|漏了|等了|放了|堆了)?(${count}(?:个)?(?:多)?(?:天|月|星期|礼拜|周|年|小时|钟头|分钟)(?:多)?)(?:了|没|不|一直)`,
    'u',
  ),
  /(?:从|自|打)([^,。!?\s]{1,8}?(?:点|号|日|月|开始|起))(?:开始|起)?/u,
  /[0-9]{1,2}月[0-9]{1,2}[日号](?:起|开始)?/u,
  /((?:一|半|好几|两三|三四|几)(?:个)?(?:天|月|星期|礼拜|周|年|小时))/u,
  /(?:凌晨|今早|今晚|今天|早上|上午|中午|下午|傍晚|晚上|半夜|夜里|刚才|刚刚)(?:[0-9零一二两三四五六七八九十]{1,3}点(?:半|多|左右)?)?(?:开始|起)?/u,
  /最近|这几天|这两天|这段时间|这阵子|好久|多年|长期/u,
]

/** Since when or how long, as said (昨晚, 半个月, 从上周五开始); undefined when nothing is said of it. */
export function extractSince(text: string): string | undefined {
  const line = normalize(text)
  for (const pattern of patterns) {
    const found = pattern.exec(line)
    if (found) return found[1] ?? found[0]
  }
  return undefined
}
