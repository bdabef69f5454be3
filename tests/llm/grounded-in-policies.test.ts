import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { whyUngrounded } from '../../adapters/llm/grounding.ts'
import { parsePrompts, readPrompts } from '../../adapters/llm/prompts.ts'

const { compose } = parsePrompts(readPrompts())

describe('of the shipped policies', () => {
  const folder = join(projectRoot(), 'knowledge/policies')
  const quotes = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const policy = readFileSync(join(folder, name), 'utf8').replace(/^---[\s\S]*?\n---/, '')
      return policy.split(/\n(?=#)/)
    })
    .flatMap((section) =>
      section
        .split(/[。\n]/)
        .map((sentence) => sentence.trim())
        .filter((sentence) => /^[^#|@<>[]{6,120}$/.test(sentence))
        .map((sentence) => ({ sentence, section })),
    )
  const whyNot = (answer: string, section: string) =>
    whyUngrounded(answer, {
      question: '怎么办',
      passages: [{ title: '', heading: '', text: section }],
      instructions: `${compose.system}\n${compose.user}`,
    })

  test('every sentence may be said as it is', () => {
    expect(quotes.length).toBeGreaterThan(500)
    expect(quotes.filter(({ sentence, section }) => whyNot(sentence, section) !== undefined)).toEqual([])
  })

  const whyHere = (words: string, answer: string) =>
    whyUngrounded(answer, {
      question: '怎么办',
      passages: [sectionWith(words)],
      instructions: compose.system,
    })

  const sectionWith = (words: string) => {
    const found = quotes.find(({ section }) => section.includes(words))
    if (!found) throw new Error(`no policy has ${words}`)
    const [heading = '', ...lines] = found.section.trim().split('\n')
    return { title: '', heading, text: lines.filter((line) => !line.startsWith('问法')).join('\n') }
  }

  test.each([
    [
      '助餐卡带老人身份证',
      '办老年助餐卡要带老人身份证和一寸照片，到槐荫路20号助餐点前台，当场办好，不收押金。',
    ],
    ['助餐卡带老人身份证', '您也能直接刷脸，不用带卡。'],
    ['不搞充得多送得多', '助餐卡在前台交现金或微信充，一次十元起，最多存五百元。'],
    ['余额当场全退', '不想吃了，请带身份证来，余额当场全退。'],
    [
      '狗满3个月',
      '先打狂犬疫苗，再带狗到养犬登记点，槐荫路26号，周一到周六9点至17点，当场领证和犬牌，免费。',
    ],
    [
      '租房也能办',
      '办狗证需要带：主人身份证、房产证或租房合同、狂犬疫苗免疫证、狗的正面和侧面照片各一张。一户只能养1只。',
    ],
    ['绳子不超过1.5米', '遛狗要由成年人牵绳，绳子不超过1.5米。举报请打0000-88000125。'],
    ['犬牌丢了', '犬牌丢了，补一块10元。'],
    ['每年11月15日开始供暖', '每年11月15日开始供暖，第二年3月15日停暖，一共120天左右。'],
    ['一季约22.80元', '暖气费按建筑面积，每平方米每天0.19元，100平方米约2280元。'],
    ['室温不能低于18度', '不到18度，请打0000-88000140报修，2小时内联系，24小时内上门量。'],
    ['180吨以内每吨4.10元', '180吨以内每吨4.1元，181至300吨每吨5.6元，超过300吨每吨10.1元。'],
    ['水费每两个月抄一次表', '水费每两个月抄一次表，15天内用微信、支付宝、银行代扣或营业厅交。'],
    ['手机扫单元门上的二维码填姓名', '外地户口的人在槐荫社区住下，七天内需要做暂住登记，免费。'],
    ['居住证第一次办免费', '居住证第一次办理免费，15天内拿证。'],
    ['高龄津贴按岁数分三档', '高龄津贴分三档：80至89岁每月一百元，90至99岁每月二百元，100岁以上每月五百元。'],
    [
      '申请高龄津贴带老人的身份证',
      '申请高龄津贴请带上老人身份证、户口本和社保卡，到社区便民服务站填表。'.replace('带上', '带'),
    ],
    ['高龄津贴每季度发一次', '高龄津贴每季度发一次，一次发3个月。'],
    ['床位费加伙食费每月1500元', '公办养老院，床位费加伙食费每月1500元，押金最多收一个月费用。'],
    ['每年7月到9月办', '家里困难、孩子上高中或大学交不起学费的，能申请临时救助，一次给2000到5000元。'],
  ])('where it says %s, %s may be sent', (words, answer) => {
    expect(whyHere(words, answer)).toBeUndefined()
  })

  test.each([
    ['助餐卡带老人身份证', '办老年助餐卡收押金。'],
    ['助餐卡带老人身份证', '把老人身份证和密码发到群里，当场办好。'],
    ['余额当场全退', '老人去世的，补贴的部分也退。'],
    ['狗满3个月', '狗满3天要办养犬登记。'],
    ['租房也能办', '租房不能办狗证。'],
    ['绳子不超过1.5米', '不牵绳的罚200到500元。'],
    ['绳子不超过1.5米', '进电梯不用抱起来。'],
    ['肩高超过50厘米', '导盲犬不能在小区养。'],
    ['肩高超过50厘米', '违规养烈性犬的，可拘留5日以上。'],
    ['每年11月15日开始供暖', '每年11月15日停暖。'],
    ['室温不能低于18度', '室温低于18度，找王师傅上门。'],
    ['180吨以内每吨4.10元', '超过300吨每吨5.60元。'],
    ['居住证第一次办免费', '居住证补办免费。'],
    ['高龄津贴按岁数分三档', '80到89岁每月200元。'],
    ['高龄津贴每季度发一次', '高龄津贴每月发一次。'],
    ['户口不在本市的老人', '户口不在本市的老人，高龄津贴由本地发。'],
    ['每年7月到9月办', '家里困难的，保证给5000元。'],
    ['床位费加伙食费每月1500元', '全失能900元。'],
    ['床位费加伙食费每月1500元', '押金收一个月费用。'],
  ])('where it says %s, %s is refused', (words, answer) => {
    expect(whyHere(words, answer)).toBeDefined()
  })

  const withoutNo = (sentence: string) => sentence.replace(/[不没无未免]/, '')
  const withNo = (sentence: string) => sentence.replace(/(?=[能要收交带发给])/, '不')
  const withoutLimit = (sentence: string) => sentence.replace(/最多|至少|以上|以下|以内/, '')
  const withOtherPeriod = (sentence: string) =>
    sentence.replace(/每[月年天周]/, (period) => (period === '每月' ? '每年' : '每月'))
  test.each([
    ['without its no', withoutNo],
    ['with a no put in', withNo],
    ['without its limit', withoutLimit],
    ['with another period', withOtherPeriod],
  ])('no sentence may be said %s', (_, lie) => {
    const lies = quotes
      .filter(({ sentence }) => !sentence.startsWith('问法'))
      .map(({ sentence, section }) => ({ section, sentence: lie(sentence), told: sentence }))
      .filter(({ sentence, told }) => sentence !== told)
    expect(lies.length).toBeGreaterThan(100)
    const passed = lies.filter(({ sentence, section }) => whyNot(sentence, section) === undefined)
    expect(passed).toEqual([])
  })

  test('hardly a sentence may be said with one digit changed', () => {
    const changed = quotes
      .filter(({ sentence }) => /\d/.test(sentence))
      .map(({ sentence, section }) => ({
        section,
        // 3 more, so that most new figures are plausible ones
        sentence: sentence.replace(/\d/, (digit) => String((Number(digit) + 3) % 10)),
      }))
    const passed = changed.filter(({ sentence, section }) => whyNot(sentence, section) === undefined)
    // The rest are figures that stand there for something else: only a reader who understands sees that.
    expect(passed.length / changed.length).toBeLessThan(0.06)
  })
})
