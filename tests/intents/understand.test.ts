import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseLabelledMessages } from '../../intents/guard-set.ts'
import { decodeModel, encodeModel } from '../../intents/model-codec.ts'
import { trainModel } from '../../intents/model-training.ts'
import { createSigns } from '../../intents/signs.ts'
import { createUnderstander, type EmergencyAwareUnderstander } from '../../intents/understand.ts'
import { describeFigures, measureUnderstanding } from '../eval/understanding.ts'
import { shippedCorpus, shippedRules } from './fixtures.ts'

describe('understanding, trained on the shipped corpus', () => {
  let understander: EmergencyAwareUnderstander
  let again: EmergencyAwareUnderstander
  beforeAll(async () => {
    const rules = await shippedRules()
    const model = trainModel(await shippedCorpus(), createSigns(rules.signs))
    understander = createUnderstander({ model, rules })
    again = createUnderstander({ model: decodeModel(encodeModel(model)), rules })
  }, 60_000)

  it('keeps its floor on the development messages', async () => {
    const content = await readFile(new URL('../eval/messages.tsv', import.meta.url), 'utf8')
    const figures = measureUnderstanding(understander, parseLabelledMessages(content))
    const report = describeFigures(figures)
    expect(figures.macroF1, report).toBeGreaterThan(0.93)
    expect(figures.complaintRecall, report).toBeGreaterThan(0.95)
    expect(figures.categoryAccuracy, report).toBeGreaterThan(0.9)
    expect(figures.spokenChatter / figures.chatter, report).toBeLessThan(0.03)
    expect(figures.emergencies, report).toMatchObject({ missed: 0, false: 0 })
  })

  it.each([
    '女孩被困电梯六小时 消防员破门救出',
    '某小区深夜起火 已致一人死亡',
    '外卖平台上调配送费 骑手称收入没涨',
    '房间小得转不开身，被子一股霉味，叫前台换一间，说满房了，再也不来了。',
    '一款记录孩子成长的应用，支持照片、身高曲线和语音日记，多端同步。',
  ])('keeps quiet at %j, which nobody wrote to neighbours', (text) => {
    expect(understander.understand(text)).toMatchObject({ evidence: false, urgency: 'normal' })
  })

  it('hears the call that the headline only tells of', () => {
    expect(understander.understand('我们楼起火了').urgency).toBe('emergency')
    expect(understander.understand('我被困电梯里了 快来人').urgency).toBe('emergency')
  })

  it.each([
    '关于某小区物业乱收费的投诉',
    '咨询公积金异地提取的问题',
    '请求解决拆迁安置房办证难',
    '某学校违规补课',
    '反映某单位拖欠工资',
    '建议在学校路口增设红绿灯',
    '村里的路修了一半，三年没人管',
  ])('hears the letter %j', (text) => {
    expect(['complaint', 'policy']).toContain(understander.understand(text).intent)
  })

  it('tells since when and how often apart', () => {
    expect(understander.understand('从上周五开始楼下每天晚上都放音响')).toMatchObject({
      since: '从上周五开始',
      howOften: '每天晚上',
    })
  })

  it('takes a place alone for no report', () => {
    const place = { building: '3', unit: '2' }
    expect(understander.understand('3号楼2单元那边')).toMatchObject({ evidence: false, place })
  })

  it('says in words of the message what decided', () => {
    expect(understander.understand('3号楼2单元电梯坏了没人管').why).toMatch(/电梯|坏了|没人/u)
    expect(understander.understand('酒店房间很脏，前台态度差，再也不住了。').why).toContain('sounds like')
  })

  it('reads no complaint out of two lines of which neither is one', () => {
    expect(understander.understand('群主把发广告的踢了吧\n今晚停水吗').intent).not.toBe('complaint')
  })

  it('finds the complaint behind a greeting of several lines', () => {
    const understanding = understander.understand('大家好\n打扰一下\n3号楼2单元电梯坏了三天了没人修')
    expect(understanding).toMatchObject({
      intent: 'complaint',
      category: 'facilities',
      evidence: true,
      place: { building: '3', unit: '2' },
      since: '三天',
    })
  })

  it('hears an emergency in any line', () => {
    expect(understander.understand('早上好\n对了\n我家燃气管漏了 呲呲响')).toMatchObject({
      intent: 'complaint',
      category: 'utilities',
      urgency: 'emergency',
      emergency: 'gas',
      evidence: true,
    })
  })

  it.each([
    '找火了 快点下楼',
    '草堆站着了 旁边停满了车',
    '冒烟冒烟 二楼超市没人',
    '孩子一个人在家抽风 我赶不回去 求哪位去砸门',
    '我爸摔了 腿断了起不来 我抬不动',
    '奶奶喘不上气了',
    '楼上往下扔菜刀 还在扔',
    '救命',
  ])('hears the call in %j', (text) => {
    expect(understander.understand(text)).toMatchObject({ urgency: 'emergency', evidence: true })
  })

  it.each([
    '头发都快着火了哈哈',
    '心肺复苏把人按回来了 点赞',
    '没有漏气 师傅测过了',
    '出租 两室一厅 电梯房',
    '着火了往楼上跑还是往楼下跑',
  ])('hears no call in %j', (text) => {
    expect(understander.understand(text).urgency).not.toBe('emergency')
  })

  it.each(['我心脏病犯了救命', '我爸中风了', '老头癫痫发作了', '我妈哮喘犯了', '我低血糖犯了快来人'])(
    'hears that somebody is ill in %j',
    (text) => {
      expect(understander.understand(text)).toMatchObject({ urgency: 'emergency', emergency: 'medical' })
    },
  )

  it.each(['5号楼路面塌了个坑', '门口地面塌了一块', '路面塌了', '人行道塌了一块砖'])(
    'takes the hole in %j for a matter of traffic',
    (text) => {
      const { category, urgency } = understander.understand(text)
      expect(category).toBe('traffic')
      expect(urgency).not.toBe('emergency')
    },
  )

  it.each(['楼塌了', '院墙塌了', '房子塌了', '墙塌了压着人', '路面塌了有人掉进去了'])(
    'hears a collapse in %j',
    (text) => {
      expect(understander.understand(text)).toMatchObject({ urgency: 'emergency' })
    },
  )

  it.each(['快来人啊', '来人啊', '快来人', '快来人啊！！！'])(
    'waits for what %j is about, and listens to it beside an emergency',
    (text) => {
      expect(understander.understand(text)).toMatchObject({ urgency: 'high', evidence: false })
      expect(understander.emergencyOf(text)).toBeUndefined()
      expect(understander.soundsLikeDanger(text)).toBe(true)
    },
  )

  it('takes a bare call for help for no illness', () => {
    expect(understander.understand('救命啊快来人').emergency).toBe('violence')
    expect(understander.understand('快来人啊着火了').emergency).toBe('fire')
  })

  it.each(['楼上还有个老人没下来', '人还在里面', '腿流血了', '厨房有烟', '孩子没跑出来'])(
    'knows that %j belongs to an emergency that is running',
    (text) => {
      expect(understander.soundsLikeDanger(text)).toBe(true)
    },
  )

  it.each(['谢谢大家', '火灭了', '晚上吃啥', '有人在家吗', '楼道灯不亮', '社保怎么交', '物业电话多少'])(
    'hears no danger in %j',
    (text) => {
      expect(understander.soundsLikeDanger(text)).toBe(false)
    },
  )

  it('takes somebody who has not come down for an urgent report at least', () => {
    const { intent, urgency } = understander.understand('楼上还有个老人没下来')
    expect(intent).toBe('complaint')
    expect(['high', 'emergency']).toContain(urgency)
  })

  it.each([
    ['3号楼2单元501漏水，我电话13812345678，身份证410105196201011234', 'complaint'],
    ['楼道堆杂物，2-1-301门口', 'complaint'],
    ['低保怎么申请 我电话13812345678', 'policy'],
  ])('is not put off by the phones and numbers in %j', (text, intent) => {
    expect(understander.understand(text)).toMatchObject({ intent, evidence: true })
  })

  it('still finds the place among the personal data', () => {
    expect(understander.understand('楼道堆杂物，2-1-301门口').place).toMatchObject({
      building: '2',
      unit: '1',
      room: '301',
    })
  })

  it.each([
    ['下水道堵了，返味', 'utilities'],
    ['垃圾桶满出来了，臭得很', 'sanitation'],
    ['井盖没了', 'facilities'],
    ['小区西门减速带松了没人管吗', 'traffic'],
    ['那个减速带早该修了', 'traffic'],
    ['北门的灯该修修了', 'facilities'],
    ['地漏堵了', 'utilities'],
  ])('answers the short report %j', (text, category) => {
    expect(understander.understand(text)).toMatchObject({ intent: 'complaint', category, evidence: true })
  })

  it.each(['这破物业', '物业不行', '物业真垃圾', '唉这物业'])('keeps quiet at the grumble %j', (text) => {
    expect(understander.understand(text).evidence).toBe(false)
  })

  it.each([
    '@物业 2号楼下面垃圾满了',
    '@张经理 3号楼电梯坏了',
    '@所有人 12号楼没水了',
    '@物业 路灯不亮',
    '3号楼电梯坏了 @物业',
    '@老刘 3号楼2单元水管漏了',
  ])('hears the trouble in %j, whoever is named beside it', (text) => {
    expect(understander.understand(text)).toMatchObject({ intent: 'complaint', evidence: true })
  })

  it.each([
    '谢谢@王师傅 灯修好了',
    '@老刘 晚上打牌不',
    '@所有人 明天上午停水，请提前储水',
    '听俺姐说她们小区水管爆了，淹了一层楼',
    '听说隔壁小区昨天停电了一整夜',
    '我儿子说他公司门口的路被挖了',
    '我家店今天火爆，排队排到大门口了🔥',
    '我闺女店里今儿个开业，人多得大门都快挤破了',
    '路灯坏了又修好了，物业还行',
    '真希望楼下能开个菜市场',
    '盼着哪天小区能装上充电桩',
    '快来人啊三缺一',
    '我的眼镜扔哪了',
    '孩子把遥控器扔哪儿了',
    '我娃的水杯不知道扔哪了',
    '这股票是什么垃圾',
    '昨天那场球是什么垃圾',
  ])('keeps quiet at %j', (text) => {
    expect(understander.understand(text).evidence).toBe(false)
  })

  it.each([
    '建议在幸福路口增设红绿灯',
    '真希望物业把3号楼电梯修修，坏了半个月了',
    '隔壁小区天天放广场舞吵得我们睡不着',
    '路灯说修好了，结果还是不亮',
    '装修的能不能别中午钻，12点半还在突突突，1号楼',
    '能不能别中午钻孔',
  ])('hears the complaint in %j', (text) => {
    expect(understander.understand(text)).toMatchObject({ intent: 'complaint', evidence: true })
  })

  it.each(['楼上装修几点能干活', '装修几点能施工'])('takes %j for a question of policy', (text) => {
    expect(understander.understand(text)).toMatchObject({ intent: 'policy', evidence: true })
  })

  it.each(['旧眼镜扔哪', '坏遥控器扔哪个桶', '眼镜是什么垃圾'])(
    'still hears which bin %j asks for',
    (text) => {
      expect(understander.understand(text)).toMatchObject({ intent: 'garbage', evidence: true })
    },
  )

  it.each(['收到，谢谢🌹🌹', '🔥🔥🔥🔥', '楼道灯坏了😡😡物业😡', '👍🏻👍🏻太好了🌹'])(
    'cuts no character in two when it says why of %j',
    (text) => {
      expect(understander.understand(text).why).not.toMatch(/\p{Surrogate}/u)
    },
  )

  it('says why in one short line', () => {
    const { why } = understander.understand('楼道灯不亮')
    expect(why).toMatch(/^\S.{5,200}$/u)
  })

  it('decides alike after the model was written and read', () => {
    for (const text of ['电梯坏了', '社保怎么交', '谢谢', '过期药扔哪', '我的工单到哪了', '来一题'])
      expect(again.understand(text)).toEqual(understander.understand(text))
  })

  it('takes any text without throwing, and gives a confidence between 0 and 1', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, (said) => {
        const { confidence } = understander.understand(said)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }),
    )
  })
})
