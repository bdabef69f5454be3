import { expect, test } from 'vitest'
import { maskNames } from '../../intents/personal-names.ts'

test.each([
  ['王桂芳说漏水', ['王桂芳'], '[姓名]说漏水'],
  ['王桂芳说漏水', ['3号楼502王桂芳'], '[姓名]说漏水'],
  ['找欧阳 建国', ['欧阳建国', '欧阳 建国'], '找[姓名]'],
  ['call anna-lee, not Annabel', ['Anna-Lee', 'Anna'], 'call [姓名], not Annabel'],
  ['阳光(三期)来电', ['阳光(三期)'], '[姓名]来电'],
  ['三号楼的灯', ['三'], '三号楼的灯'],
  ['12号楼电梯', ['12'], '12号楼电梯'],
  ['没有名字', [], '没有名字'],
])('%s, with the names %j, reads %s', (text, names, masked) => {
  expect(maskNames(text, names)).toBe(masked)
})
