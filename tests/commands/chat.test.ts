import { expect, test } from 'vitest'
import { parseTalkLine } from '../../bot/commands/talk-line.ts'
import { linli, ownDataFolder } from './terminal.ts'

test('a conversation from a pipe shows what was said, what the bot did, and why it was silent', async () => {
  await ownDataFolder()
  const { status, out } = await linli(
    ['chat', '--fast', '--alone'],
    [
      '3号楼电梯坏了，好几天没人修',
      '/等',
      '大家早上好',
      '/等',
      '/我是 网格员小赵',
      '#接单',
      '/等',
      '/我是 新邻居',
      '/私聊',
      '充电宝是什么垃圾',
    ],
  )
  expect(status).toBe(0)
  expect(out).toEqual(
    expect.arrayContaining([
      '[槐荫小区业主群] 王阿姨：3号楼电梯坏了，好几天没人修',
      expect.stringMatching(/^ {2}· 工单 \d{8}-001 opened：facilities，normal，3号楼，物业，/),
      expect.stringMatching(/^\[槐荫小区业主群\] 小邻：收到，3号楼电梯问题已登记/),
      expect.stringMatching(/^ {2}（没说话：chatter/),
      expect.stringMatching(/^ {2}· 工单 \d{8}-001 acknowledged（网格员小赵）/),
      expect.stringMatching(/^\[私聊\] 小邻→新邻居：充电宝是有害垃圾/),
    ]),
  )
})

test.each([
  ['你好', { do: 'say', text: '你好' }],
  ['/我是 王阿姨', { do: 'as', name: '王阿姨' }],
  ['/in 楼栋群', { do: 'in', name: '楼栋群' }],
  ['／私聊', { do: 'private' }],
  ['/角色 grid_worker', { do: 'role', role: 'grid_worker' }],
  ['/角色 国王', { do: 'wrong' }],
  ['/飞', { do: 'wrong' }],
  ['   ', { do: 'nothing' }],
])('the playground understands %s', (line, meant) => {
  expect(parseTalkLine(line)).toMatchObject(meant)
})
