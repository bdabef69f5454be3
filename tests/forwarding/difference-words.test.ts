import { describe, expect, test } from 'vitest'
import { differenceWords } from '../../bot/forwarding/difference-words.ts'
import { realLore } from '../bot/stage.ts'

describe('what another system says otherwise is told to admins in their own language', () => {
  test.each([
    ['title', '电梯问题', '电梯', '标题：我们是“电梯问题”，对方是“电梯”'],
    ['description', '电梯一停就响', '', '情况：我们是“电梯一停就响”，对方是“无”'],
    ['address', '3号楼', '5号楼', '地点：我们是“3号楼”，对方是“5号楼”'],
    ['status', 'withdrawn', '处理', '状态：我们是“已撤销”，对方是“处理”'],
    ['status', 'open', 'closed', '状态：我们是“处理中”，对方是“closed”'],
    ['status', '已解决', '新建', '状态：我们是“已解决”，对方是“新建”'],
    ['dueDate', '2026-11-25', '', '时限：我们是“2026-11-25”，对方是“无”'],
    ['service_code', '17', '18', '类别：我们是“17”，对方是“18”'],
    ['issues', '#5', '#5, #6', '单子的编号：我们是“#5”，对方是“#5, #6”'],
    ['custom field 邻里编号', 'a', 'b', '其他内容：我们是“a”，对方是“b”'],
  ])('%s', async (field, ours, theirs, words) => {
    const { texts } = await realLore()
    expect(differenceWords(texts, { field, ours, theirs })).toBe(words)
  })

  test('an instant is told as people tell it, and long words are cut', async () => {
    const { texts } = await realLore()
    const late = { ours: '2026-11-23T18:00:00+08:00', theirs: '2026-11-24T18:00:00+08:00' }
    expect(differenceWords(texts, { field: 'expected_datetime', ...late })).toBe(
      '时限：我们是“11月23日18:00”，对方是“11月24日18:00”',
    )
    const long = differenceWords(texts, { field: 'text', ours: '很'.repeat(200), theirs: '短' })
    expect(long.length).toBeLessThan(60)
  })
})
