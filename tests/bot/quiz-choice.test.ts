import { beforeAll, describe, expect, test } from 'vitest'
import type { House } from '../../bot/house.ts'
import { choiceIn, isLetter } from '../../bot/quiz/choice.ts'
import type { AskedQuestion } from '../../bot/quiz/quiz-documents.ts'
import { openStage } from './stage.ts'

const bin: AskedQuestion = {
  ...{ kind: 'bin', text: '菜叶该扔哪个桶？', answer: 2, why: '' },
  choices: ['可回收物', '有害垃圾', '厨余垃圾', '其他垃圾'],
}
const inShanghai: AskedQuestion = { ...bin, choices: ['可回收物', '有害垃圾', '湿垃圾', '干垃圾'] }
const pick: AskedQuestion = {
  ...{ kind: 'pick', text: '下面哪一样是可回收物？', answer: 0, why: '' },
  choices: ['旧报纸', '菜叶', '过期药', '纸尿裤'],
}
const known: AskedQuestion = {
  ...{ kind: 'known', text: '电池能冲马桶吗？', answer: 1, why: '' },
  choices: ['可以', '不可以', '看大小', '随便投'],
}
const sizes: AskedQuestion = {
  ...{ kind: 'known', text: '一般要分几类？', answer: 1, why: '' },
  choices: ['3个', '4个', '2个', '5个'],
}

let house: House
beforeAll(async () => {
  house = (await openStage()).house
})

describe('an answer', () => {
  const accepted: readonly (readonly [string, AskedQuestion, number])[] = [
    ...(
      ['B', 'b', 'Ｂ', ' B ', 'B。', 'B！', 'b吧', 'B?', 'BB', 'B👍', '选B', '我选B', '俺选b', '選B'] as const
    ).map((said) => [said, bin, 1] as const),
    ...(
      [
        '答案是B',
        '答案B',
        '我觉得是B',
        '我觉得应该是B吧',
        '肯定是B',
        '就是B',
        '这题选B',
        '猜B',
        '我猜是B',
        '蒙B',
      ] as const
    ).map((said) => [said, bin, 1] as const),
    ['C 厨余', bin, 2],
    ['C、厨余垃圾', bin, 2],
    ['C厨余垃圾', bin, 2],
    ['c.厨余吧', bin, 2],
    ['厨余垃圾', bin, 2],
    ['厨余', bin, 2],
    ['厨余垃圾吧！', bin, 2],
    ['应该是厨余垃圾', bin, 2],
    ['选厨余的那个', bin, 2],
    ['可回收', bin, 0],
    ['选其他', bin, 3],
    ['其他垃圾', bin, 3],
    ['湿垃圾', inShanghai, 2],
    ['干垃圾', inShanghai, 3],
    ['厨余垃圾', inShanghai, 2],
    ['选第二个', bin, 1],
    ['我猜第3个', bin, 2],
    ['可回收垃圾', bin, 0],
    ['回收物', bin, 0],
    ['A（可回收物）', bin, 0],
    ['"A"', bin, 0],
    ['“Ａ”', bin, 0],
    ['第一个', bin, 0],
    ['我选1', bin, 0],
    ['选二', bin, 1],
    ['其它垃圾', bin, 3],
    ['其他', bin, 3],
    ['应该扔其他垃圾', bin, 3],
    ['扔到厨余垃圾桶', bin, 2],
    ['答案是B，对吗？', bin, 1],
    ['湿垃圾', bin, 2],
    ['干垃圾', bin, 3],
    ['餐厨垃圾', bin, 2],
    ['有毒垃圾', bin, 1],
    ['其他垃圾', inShanghai, 3],
    ['选看大小', known, 2],
    ['选2个', sizes, 2],
    ['旧报纸', pick, 0],
    ['选菜叶', pick, 1],
    ['D 纸尿裤', pick, 3],
    ['不可以', known, 1],
    ['选可以', known, 0],
  ]
  test.each(accepted)('%s is one', (said, question, choice) => {
    expect(choiceIn(house, said, question)).toBe(choice)
  })

  const refused: readonly (readonly [string, AskedQuestion])[] = [
    ...(
      [
        '选A还是B',
        'A和B',
        'AB',
        '不是B',
        '我不选B',
        'B站视频',
        'b超在哪做',
        'A款还有吗',
        'A4纸有吗',
        'C位',
        'd1区',
        '2',
      ] as const
    ).map((said) => [said, bin] as const),
    ...(
      [
        '第一',
        '扔哪个桶',
        '扔垃圾',
        '"',
        '选1号楼',
        '好的',
        '哈哈哈',
        '这题难',
        '厨余垃圾桶满了',
        '厨余垃圾没人收',
        '其他的呢',
        '其它地方呢',
        '有害垃圾扔哪里',
      ] as const
    ).map((said) => [said, bin] as const),
    ['干垃圾桶满了', bin],
    ['湿垃圾', pick],
    ['选1', sizes],
    ['选2', sizes],
    ['旧报纸有人要吗', pick],
    ['我家菜叶多', pick],
    ['可以', known],
    ['答题开始了吗', bin],
    ['', bin],
  ]
  test.each(refused)('%s is none', (said, question) => {
    expect(choiceIn(house, said, question)).toBeUndefined()
  })

  test('that comes too late is still known as a letter', () => {
    for (const said of ['B', '选b', 'Ｃ', '我选D']) expect(isLetter(said)).toBe(true)
    for (const said of ['厨余垃圾', 'AB', 'B站', '你好']) expect(isLetter(said)).toBe(false)
  })
})
