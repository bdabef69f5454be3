import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskPersonalData } from '../../intents/personal-data.ts'

const masked: readonly [text: string, result: string][] = [
  ['打我电话13800138000', '打我电话[电话]'],
  ['138 0013 8000 找我', '[电话] 找我'],
  ['138-0013-8000', '[电话]'],
  ['１３８００１３８０００', '[电话]'],
  ['+86 138 0013 8000', '[电话]'],
  ['王姐 138****8000', '王姐 [电话]'],
  ['座机0371-65551234', '座机[电话]'],
  ['010 8888 6666转801', '[电话]'],
  ['电话:65551234', '电话:[电话]'],
  ['身份证410105198801011234', '身份证[证件号]'],
  ['41010519880101123X是我的号', '[证件号]是我的号'],
  ['卡号6222 0212 3456 7890 123', '卡号[卡号]'],
  ['6222021234567890123', '[卡号]'],
  ['豫A12345老王的车', '[车牌]老王的车'],
  ['沪AD12345', '[车牌]'],
  ['京N·88888', '[车牌]'],
  ['微信号 wang_li88', '微信号 [账号]'],
  ['3号楼2单元501室漏水', '3号楼2单元漏水'],
  ['3号楼2单元501漏水', '3号楼2单元漏水'],
  ['五栋三单元四零二', '五栋三单元'],
  ['3号楼501', '3号楼'],
  ['8-2-301 老张', '8号楼2单元 老张'],
  ['11-1502漏水', '11号楼漏水'],
  ['五楼501室', '五楼'],
  ['我住1502室', '我住某室'],
]

const kept: readonly string[] = [
  '打12345投诉',
  '快打110、119、120',
  '单号1118-001',
  '工单20261118-001到哪了',
  '2026-11-18上午停水',
  '2026年11月18日18:00前',
  '11月18日',
  '物业费1280元',
  '一共13800块',
  '3号楼2单元',
  '11号楼1单元',
  '5栋120户都停水',
  '96518热线',
  '3-5天修好',
  '国发〔2024〕12号',
  '豫政办2024-35号文',
  '3号楼200多人',
  '楼上漏水',
]

describe('maskPersonalData', () => {
  it.each(masked)('takes the personal part out of %j', (text, result) => {
    expect(maskPersonalData(text)).toBe(result)
  })

  it.each(kept)('leaves %j as it is', (text) => {
    expect(maskPersonalData(text)).toBe(text)
  })

  it('changes nothing the second time', () => {
    const piece = fc.oneof(
      fc.constantFrom(...masked.map(([text]) => text), ...kept),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const once = maskPersonalData(pieces.join('，'))
        expect(maskPersonalData(once)).toBe(once)
      }),
    )
  })
})
