import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { createQuestionGrouping, mostKeys, sameMeaning } from '../../knowledge/question-groups.ts'

const folder = join(projectRoot(), 'knowledge')
const synonyms = parseSynonyms(readFileSync(join(folder, 'synonyms.txt'), 'utf8'))
const passages = await loadKnowledgeFolder(join(folder, 'policies'))
const background = passages.flatMap(({ heading, alsoAsked }) => [heading, ...alsoAsked])
const { read, likeness } = createQuestionGrouping(synonyms, background)

const alike = (one: string, other: string) => likeness(read(one), read(other))

describe('questions mean the same', () => {
  test.each([
    ['社区食堂几点开门', '咱社区食堂啥时候开门呀'],
    ['请问养鸽子要办什么证', '养鸽子需要办证吗'],
    ['老年大学怎么报名', '請問老年大學怎麼報名'],
    ['榴莲壳是什么垃圾', '榴莲壳往哪扔'],
    ['坏的充电宝扔哪', '充电宝是什么垃圾'],
    ['低保家庭能减免物业费吗', '吃低保的物业费能不能减免'],
    ['门禁卡丢了去哪里补', '门禁卡掉了在哪补办'],
    ['便民理发哪天有', '便民理发什么时候'],
    ['舞蹈队怎么加入', '想加入舞蹈队怎么弄'],
    ['助浴服务怎么约', '助浴服务咋预约呀'],
    ['公租房怎么退', '公租房退租流程'],
    ['公租房退租怎么办理', '廉租房咋退租'],
    ['一楼不同意能加装电梯吗', '加装电梯一楼的不同意咋办'],
    ['1楼的不同意能装电梯吗', '一楼不同意能加装电梯吗'],
    ['老年卡丢了怎么补', '老年证掉了咋补办'],
    ['物业费能不能退', '物业费可以退吗'],
    ['低保怎么取消', '不想吃低保了怎么取消'],
    ['电动车怎么过户', '电动车咋过户'],
    ['加装电梯要多少人同意', '加装电梯得几户同意'],
    ['暖气费怎么交', '暖气费咋交'],
    ['充电宝坏了扔哪', '充电宝是什么垃圾'],
    ['车位怎么租', '想租个车位怎么弄'],
    ['退休金什么时候发', '退休金几号发'],
  ])('%s = %s', (one, other) => {
    expect(alike(one, other)).toBeGreaterThanOrEqual(sameMeaning)
  })
})

describe('questions do not mean the same', () => {
  test.each([
    ['社区食堂几点开门', '社区图书室几点开门', 'another place'],
    ['社区食堂几点开门', '社区食堂多少钱一份', 'something else is asked of it'],
    ['榴莲壳是什么垃圾', '椰子壳是什么垃圾', 'another thing'],
    ['3号楼什么时候通暖气', '5号楼什么时候通暖气', 'another number'],
    ['老年证怎么办', '残疾证怎么办', 'another paper'],
    ['门禁卡丢了怎么办', '身份证丢了怎么办', 'another thing is lost'],
    ['反诈讲座在哪', '反诈讲座几点开始', 'where, and when'],
    ['有没有免费体检', '有没有免费理发', 'another service'],
    ['孩子上小学怎么报名', '孩子上初中怎么报名', 'another school'],
    ['三楼以上能不能加装电梯', '一楼不同意能加装电梯吗', 'from which floor, and who refuses'],
    ['一楼要交电梯钱吗', '六楼要交电梯钱吗', 'another floor'],
    ['加装电梯要多少人同意', '加装电梯一楼不同意怎么办', 'how many consent, and one refuses'],
    ['加装电梯要多少人同意', '加装电梯要多少钱', 'how many consent, and the price'],
    ['公租房怎么申请', '廉租房退租怎么申请', 'to get it, and to give it back'],
    ['公租房怎么申请', '公租房怎么退', 'to get it, and to give it back'],
    ['公租房怎么申请', '公租房换房怎么申请', 'to get one, and to change it'],
    ['低保怎么申请', '低保停了怎么办', 'to get it, and it was ended'],
    ['医保怎么交', '医保怎么退', 'to pay, and to get back'],
    ['狗证怎么办', '狗证怎么注销', 'to get it, and to end it'],
    ['车位怎么租', '车位怎么买', 'to rent, and to buy'],
    ['车位怎么租', '车位怎么退租', 'to rent, and to give back'],
    ['老年证怎么办', '老年证怎么换', 'the first, and another for it'],
    ['电动车怎么上牌', '电动车怎么过户', 'a plate, and another owner'],
    ['活动室怎么预约', '活动室怎么取消预约', 'to book, and to call off'],
    ['门禁卡怎么办', '门禁卡丢了怎么办', 'the first, and another for a lost one'],
    ['大门什么时候开', '大门什么时候关', 'open, and shut'],
    ['物业费能减免吗', '物业费能退吗', 'less to pay, and to get back'],
  ])('%s ≠ %s: %s', (one, other) => {
    expect(alike(one, other)).toBeLessThan(sameMeaning)
  })
})

test('likeness is 1 with itself, the same both ways, and between 0 and 1, whatever is written', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...background))
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [first, second] = [read(one), read(other)]
      expect(likeness(first, first)).toBeCloseTo(1)
      expect(likeness(first, second)).toBeCloseTo(likeness(second, first))
      expect(likeness(first, second)).toBeLessThanOrEqual(1.000001)
      expect(likeness(first, second)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('every text has keys to be found by, few and always the same', () => {
  for (const text of ['怎么办', '？？', '', '养鸽子要办什么证', ...background.slice(0, 200)]) {
    const { keys } = read(text)
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.length).toBeLessThanOrEqual(mostKeys)
    expect(read(text).keys).toEqual(keys)
  }
})

test('a pair that means the same shares a key, so that it is found without reading all others', () => {
  const [one, other] = [read('社区食堂几点开门').keys, read('咱社区食堂啥时候开门呀').keys]
  expect(one.filter((key) => other.includes(key)).length).toBeGreaterThan(0)
})
