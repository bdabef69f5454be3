import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawQrCode } from '../../adapters/wechat/qr.ts'
import { prepareMemoryCard, wholeText } from '../../adapters/wechat/wechat4u.ts'

describe('text of wechat4u', () => {
  it.each([
    ['in a group', '@abc12:<br/>问题:<br/>停水了', '张三:\n问题:\n停水了', '问题', '问题:\n停水了'],
    ['of our own', '问题:<br/>停水了', '问题:\n停水了', '停水了', '问题:\n停水了'],
    ['without a break', '@abc12:<br/>停水了', '张三:\n停水了', '停水了', '停水了'],
  ])('is whole again %s', (_, OriginalContent, Content, cut, whole) => {
    expect(wholeText({ OriginalContent, Content, MsgType: 1 }, cut)).toBe(whole)
  })

  it('stays as it is for what is no text', () => {
    expect(wholeText({ OriginalContent: '', Content: 'a:\nb', MsgType: 49 }, 'kept')).toBe('kept')
    expect(wholeText(undefined, 'kept')).toBe('kept')
  })
})

describe('the session file', () => {
  it('is created for its owner only, and its name goes to Wechaty without the suffix', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'linli-card-')), 'deep', 'main.memory-card.json')
    expect(prepareMemoryCard(file)).toBe(file.replace('.memory-card.json', ''))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('of an earlier start is kept and closed to others', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'linli-card-')), 'main.memory-card.json')
    writeFileSync(file, '{"kept":1}', { mode: 0o644 })
    prepareMemoryCard(file)
    expect(readFileSync(file, 'utf8')).toBe('{"kept":1}')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('the login code', () => {
  it('is drawn in blocks that fit a terminal', () => {
    const lines = drawQrCode('https://login.weixin.qq.com/l/abcdefghij==').trim().split('\n')
    expect(lines.length).toBeGreaterThan(10)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60)
  })
})
