import { beforeAll, describe, expect, it } from 'vitest'
import { trainModel } from '../../intents/model-training.ts'
import { createSigns } from '../../intents/signs.ts'
import { createUnderstander, type EmergencyAwareUnderstander } from '../../intents/understand.ts'
import type { EmergencyKind } from '../../intents/understanding.ts'
import { shippedCorpus, shippedRules } from './fixtures.ts'

/** People who are lost, who despair, who are beaten; boxes that spark. No line of these stands in the corpus. */
const calls: readonly [EmergencyKind, string][] = [
  ['missing', '我家老头走丢了 80岁 老年痴呆 穿蓝棉袄'],
  ['missing', '儿子不见了 5岁 求大家帮忙找'],
  ['missing', '孙女不见了！！'],
  ['missing', '我娃丢了怎么办'],
  ['missing', '我妈昨天下午走丢了，82岁，请大家帮忙留意'],
  ['missing', '谁看见我爸了？他有老年痴呆，早上出门到现在没回来'],
  ['missing', '孩子找不到了，8岁，戴红领巾，放学就没影了'],
  ['missing', '求助：我奶奶走失了，耳朵背，说不清家在哪'],
  ['despair', '我想死'],
  ['despair', '我活不下去了 想死'],
  ['despair', '我不想活了 跳楼算了'],
  ['despair', '割腕了'],
  ['despair', '没人管我，我真不想活了'],
  ['despair', '我想自杀，不知道找谁'],
  ['falling', '有个女的说不想活了 坐在天台边上'],
  ['falling', '10号楼楼顶有人要跳楼'],
  ['violence', '他打我 我躲在厕所'],
  ['violence', '我被家暴了 不敢说'],
  ['violence', '我儿子打我'],
  ['violence', '有人跟踪我回家'],
  ['violence', '陌生男人在敲门 撬锁'],
  ['violence', '我被隔壁打了'],
  ['violence', '我被人打了 6号楼'],
  ['violence', '隔壁天天打孩子'],
  ['violence', '楼上502老李家天天半夜打老婆，孩子哭'],
  ['violence', '我老公经常打我，今天又动手了'],
  ['violence', '门口有个醉汉在踹我家门'],
  ['electric', '变压器冒火花'],
  ['electric', '配电箱冒烟了'],
  ['electric', '3号楼电表箱一直打火花，滋滋响'],
  ['fire', '配电箱着火了'],
]

const near: readonly string[] = [
  ...['猫走丢了', '钥匙丢了', '孩子作业丢了', '我家泰迪走丢了 谁捡到了', '狗狗找不到了 求大家帮忙找'],
  ...['孩子的玩具车不见了', '儿子自行车丢了', '老人的公交卡丢了怎么补', '奶奶的假牙找不着了'],
  ...['老人找到了，在派出所，谢谢大家', '孩子接到了，虚惊一场', '防走失手环在哪领', '前年我婆婆走丢过一次'],
  ...[
    '我一进超市老公就不见了哈哈',
    '孩子丢了两分',
    '谁看见我孙子了 叫他回来写作业',
    '电影里孩子丢了那段看哭了',
  ],
  ...['今天下午防走失演练，有人扮老人', '新闻说有个老人走丢了三天'],
  ...['热死了', '笑死', '累死我了', '想死你们了', '想死那口热干面了', '困得我想死', '这题难得我想死'],
  ...[
    '没有咖啡我活不下去',
    '物价这么涨不让人活了',
    '那部剧的女主割腕了',
    '跑步跑得我不想活了',
    '你想死啊开这么快',
  ],
  ...['他唱的那首不想活了真难听', '股票又绿了 我去天台排队哈哈', '早八的课让我想死'],
  ...[
    '老公打我电话打不通',
    '打孩子手心',
    '我妈打我电话我没听见',
    '小时候我爸老打我',
    '孙子拿枕头打我 笑得不行',
  ],
  ...['我被打脸了 今天真下雨了', '我们队被打了个五比零', '隔壁天天打麻将', '楼上天天打篮球咚咚响'],
  ...[
    '孩子一直跟着我要糖',
    '有只流浪狗跟着我回家',
    '开锁师傅来撬锁了',
    '快递的在敲门 我在洗澡',
    '家暴那个案子判了吗',
  ],
  ...['反家暴宣传周四下午', '女儿打我一下我抱她一下', '他跟着我学书法'],
  ...['配电箱换好了', '变压器噪音有点大', '电箱门没关严', '施工队焊栏杆冒火花', '配电箱去年冒过烟'],
]

describe('people in danger', () => {
  let understander: EmergencyAwareUnderstander
  beforeAll(async () => {
    const rules = await shippedRules()
    understander = createUnderstander({
      ...{ model: trainModel(await shippedCorpus(), createSigns(rules.signs)), rules },
    })
  }, 60_000)

  it.each(calls)('are heard: %s in %j', (kind, text) => {
    expect(understander.understand(text)).toMatchObject({ urgency: 'emergency', emergency: kind })
    expect(understander.emergencyOf(text)).toBe(kind)
  })

  it.each(near)('are not heard in %j', (text) => {
    expect(understander.understand(text).urgency).not.toBe('emergency')
  })
})
