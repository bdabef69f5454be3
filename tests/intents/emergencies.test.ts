import { beforeAll, describe, expect, it } from 'vitest'
import { createEmergencyReader, type EmergencyReader } from '../../intents/emergencies.ts'
import { normalize } from '../../intents/normalize.ts'
import { createSigns } from '../../intents/signs.ts'
import type { EmergencyKind } from '../../intents/understanding.ts'
import { shippedRules } from './fixtures.ts'

const calls: readonly [EmergencyKind, string][] = [
  ['fire', '着火了！！快来人'],
  ['fire', '7号楼三单元窗户往外冒黑烟'],
  ['fire', '楼下电瓶车烧起来了'],
  ['fire', '起火了怎么办 快打119'],
  ['fire', '樓上著火了'],
  ['gas', '楼道里好大的煤气味'],
  ['gas', '我家燃气管漏了 呲呲响'],
  ['drowning', '有个小孩掉河里了'],
  ['collapse', '围墙塌了 压着人了'],
  ['violence', '隔壁打老婆 女的喊救命'],
  ['violence', '有人拿刀砍人'],
  ['trapped', '我被困电梯里了 2号楼'],
  ['trapped', '两岁的孩子反锁在屋里 哭得不行'],
  ['medical', '有个老人晕倒在小广场'],
  ['medical', '我妈突然叫不醒了 快叫救护车'],
  ['falling', '有人要跳楼'],
  ['falling', '一个小孩爬在六楼窗户外面'],
]

const calm: readonly [why: string, text: string][] = [
  ['over', '火灭了 大家散了吧'],
  ['over', '困电梯的人救出来了'],
  ['past', '去年那栋楼着火了 我还记得'],
  ['past', '昨天有人晕倒 后来没事'],
  ['past', '上次电梯困人 物业来得挺快'],
  ['figurative', '火锅走起'],
  ['figurative', '他家生意火爆 天天排队'],
  ['figurative', '笑死我了'],
  ['figurative', '气得我冒烟'],
  ['figurative', '跳楼价甩卖 最后三天'],
  ['figurative', '今天抢购差点打起来哈哈'],
  ['drill', '明天消防演练 有浓烟 别慌'],
  ['fiction', '电影里那栋楼着火了'],
  ['fiction', '昨晚做梦掉河里了'],
  ['elsewhere', '听说外地有个小区着火了'],
  ['hypothetical', '楼道堆这么多 万一着火了怎么跑'],
  ['hypothetical', '这电线早晚要起火'],
  ['rules', '着火了打什么电话'],
  ['rules', '煤气中毒应该怎么急救'],
  ['rules', '家里着火了保险赔吗'],
  ['notice', '温馨提示：谨防煤气中毒'],
  ['nothing', '谢谢大家'],
  ['nothing', '水管漏了'],
  ['nothing', '狗咬人了没'],
]

describe('the rules for emergencies', () => {
  let read: EmergencyReader
  beforeAll(async () => {
    const rules = await shippedRules()
    read = createEmergencyReader(rules.emergencies, createSigns(rules.signs))
  })

  it.each(calls)('hear %s in %j', (kind, text) => {
    const reading = read(normalize(text))
    expect(reading.kind).toBe(kind)
    expect(reading.veto).toBeUndefined()
  })

  it.each(calm)('hear none (%s) in %j', (_, text) => {
    const { kind, veto } = read(normalize(text))
    expect(kind === undefined || veto !== undefined).toBe(true)
  })
})
