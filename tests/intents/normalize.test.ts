import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalize } from '../../intents/normalize.ts'

describe('normalize', () => {
  it.each([
    ['過期藥丟哪裡？', '过期药丢哪里?'],
    ['ＡＢＣ１２３', 'abc123'],
    ['@王姐 你家有水吗', '@ 你家有水吗'],
    ['@所有人 明天停水', '@所有人 明天停水'],
    ['@物业 2号楼下面垃圾满了', '2号楼下面垃圾满了'],
    ['@物业2号楼没水', '2号楼没水'],
    ['@张经理 @网格员小李\u2005电梯坏了', '电梯坏了'],
    ['电梯坏了 @物业服务中心', '电梯坏了'],
    ['看这个https://a.cn/x?y=1 好笑', '看这个🔗 好笑'],
    ['笑死[捂脸]', '笑死☺'],
    ['[图片]', '▣'],
    ['  早\u200b  上好 \n\n 大家 ', '早 上好\n大家'],
  ])('reads %j as %j', (text, expected) => {
    expect(normalize(text)).toBe(expected)
  })

  it('changes nothing the second time', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme' }),
      fc
        .array(
          fc.constantFrom('@', '王', ' ', '[', ']', 'http://', 'a', '\n', '裡', '後', '１', '．', '。'),
          { maxLength: 20 },
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (said) => {
        const once = normalize(said)
        expect(normalize(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })
})
