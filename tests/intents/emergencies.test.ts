import { beforeAll, describe, expect, it } from 'vitest'
import { createEmergencyReader, type EmergencyReader } from '../../intents/emergencies.ts'
import { trainModel } from '../../intents/model-training.ts'
import { normalize } from '../../intents/normalize.ts'
import { createSigns } from '../../intents/signs.ts'
import type { EmergencyAwareUnderstander } from '../../intents/understand.ts'
import { createUnderstander } from '../../intents/understand.ts'
import type { EmergencyKind } from '../../intents/understanding.ts'
import { shippedCorpus, shippedRules } from './fixtures.ts'

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
  ['fire', '3号楼冒烟 是不是着火了'],
  ['fire', '怕不是着火咯'],
  ['gas', '是不是煤气漏了'],
  ['electric', '电线掉水里了 有人被电了'],
  ['electric', '高压线掉下来了'],
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
  ['over', '不是着火 是烧饭的烟'],
  ['over', '不是煤气 是腌菜的味'],
  ['tips', '家里煤气泄漏怎么办？记住这五步'],
  ['tips', '转发：某地居民楼着火了'],
  ['figurative', '脱毛衣被静电电到了'],
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

/** Said as people say it who are not sure, or not from here. */
const hedged: readonly [EmergencyKind, string][] = [
  ['fire', '5号楼窗户里冒烟 是不是着火了呀'],
  ['fire', '好像着火了 闻着一股糊味'],
  ['fire', '怕是起火了 烟直往楼道里灌'],
  ['fire', '可能着火了 7号楼那边烟很大'],
  ['fire', '是不是谁家着了 满院子的烟'],
  ['fire', '俺家厨房着咧 咋弄啊'],
  ['fire', '微波炉着了 里面直冒火'],
  ['fire', '电饭锅烧着了 插座也冒火'],
  ['fire', '楼下电瓶车冒白烟 噼噼啪啪的'],
  ['fire', '烟感一直在叫 楼道里有烟'],
  ['fire', '我们这层全是烟 是不是下面着了'],
  ['fire', '是不是着火了'],
  ['fire', '着火了吧 那边黑烟一股一股的'],
  ['gas', '是不是煤气漏了 我头昏想吐'],
  ['gas', '好像是煤气味 越来越冲'],
  ['medical', '婴儿不会喘气了'],
  ['medical', '刚满月的娃呼吸不了了 脸发青'],
  ['medical', '俺爹好像不中了 喊他不吱声'],
  ['medical', '有条狗正咬着一个小孩不放'],
  ['medical', '两条野狗在撕咬老太太'],
  ['medical', '孩子被狗咬得满脸是血'],
  ['violence', '有人说要炸了这栋楼 手里拎着汽油'],
  ['violence', '他说要炸小区 已经在开煤气罐了'],
  ['electric', '电线掉积水里 一个人踩上去就倒了'],
  ['electric', '我爸修插座被电打了 人还粘着'],
  ['electric', '洗澡时热水器漏电 我媳妇被电倒了'],
  ['electric', '充电桩漏电 电着人了'],
  ['electric', '电线断了掉人行道上 还冒火花 好多人走'],
  ['drowning', '好像有个娃儿掉塘塘头了'],
  ['collapse', '楼是不是要塌了 墙裂开往下掉砖 人还在里头'],
]

const nearDangers: readonly string[] = [
  '不是着火 是烧饭的烟',
  '不是着火了 是楼下烧纸',
  '好像着火了一样 今天晚霞真红',
  '转发：家里着火怎么办？记住这五步',
  '家里煤气泄漏怎么办？记住这五步',
  '被电到了怎么办 记住这四个字',
  '转发：某小区电动车起火，原因竟是飞线充电',
  '看到那双鞋真是被种草了 触电一般',
  '我被这价格电到了哈哈',
  '冬天摸门把手老是被电到',
  '我家微波炉坏了不转了',
  '烟雾报警器没电了老是滴滴响',
  '烟感又响了 是三楼抽烟触发的',
  '昨天狗咬了个小孩 打完针了',
  '小奶狗咬着娃的鞋不松口 笑死我了',
  '宝宝鼻塞呼吸声重 有啥办法',
  '爬六楼上来我都不能呼吸了哈哈',
  '今晚烟花炸得小区都在抖',
  '他说要炸点鱼丸带过来',
  '群里要炸了 刷屏刷得看不过来',
  '是不是着凉了 孩子一直流鼻涕',
  '火锅店是不是着火爆了 排好长',
  '炉子点着了 来喝茶',
  '电动车充电着了灯没',
  '可能停电了 我去看看闸',
  '电线杆上有个鸟窝',
  '插座不能用了 换一个多少钱',
  '救命 这剧太好看了',
  '咱们这没着火 消防车是来演练的',
  '听说城南着火了 是真的吗',
  '电影里那个人触电了 太假',
]

describe('rules and model together', () => {
  let understander: EmergencyAwareUnderstander
  beforeAll(async () => {
    const rules = await shippedRules()
    const model = trainModel(await shippedCorpus(), createSigns(rules.signs))
    understander = createUnderstander({ model, rules })
  }, 60_000)

  it.each(hedged)('hear %s in %j, however unsure it sounds', (kind, text) => {
    expect(understander.understand(text)).toMatchObject({ urgency: 'emergency', emergency: kind })
  })

  it.each(nearDangers)('hear no emergency in %j', (text) => {
    expect(understander.understand(text).urgency).not.toBe('emergency')
  })

  it.each(['电线掉水里了 有人被电了', '有人触电了', '孩子摸插座被电了'])(
    'give %j, where nobody may be touched, to those who look after safety',
    (text) => {
      expect(understander.understand(text)).toMatchObject({ category: 'safety', emergency: 'electric' })
    },
  )
})
