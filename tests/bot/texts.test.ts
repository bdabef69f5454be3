import { expect, test } from 'vitest'
import { realLore } from './stage.ts'

test('no sentence shows its readers a backslash, and a list begins on a line of its own', async () => {
  const { texts } = await realLore()
  const list = texts.staffTickets({ count: 2, lines: '1118-001\n1118-002' })
  expect(list.split('\n')).toHaveLength(3)
  expect(texts.staffWhich({ lines: '1118-001' }).split('\n')).toHaveLength(2)
  expect(list + texts.staffHelp() + texts.introduction({ bot: '小邻' })).not.toContain('\\')
})
