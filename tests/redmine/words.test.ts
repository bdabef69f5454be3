import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Issue } from '../../adapters/ticketing/redmine/answers.ts'
import { inThreeBytes, oneLine, withoutMarkup } from '../../adapters/ticketing/redmine/plain-words.ts'
import {
  descriptionOf,
  dueDateOf,
  isNoted,
  noteOf,
  subjectOf,
  theirNoteOn,
  toldIn,
} from '../../adapters/ticketing/redmine/wanted.ts'
import { aTicket } from './a-ticket.ts'

const columnOfMySql = 65_535

function storedBytes(text: string): number {
  return Buffer.byteLength(text.replaceAll('\n', '\r\n'))
}

describe('what an issue is told', () => {
  test('the subject is one line of at most 255 characters, an emoji being one, and begins with our number', () => {
    const subject = subjectOf(aTicket({ title: `电梯\n${'😱'.repeat(400)}` }))
    expect([...subject].length).toBe(255)
    expect(subject).toMatch(/^\[20261120-003\] 电梯 😱.*😱…$/u)
  })

  test('the due date is the day in Shanghai, where it is tomorrow already when London goes to bed', () => {
    expect(dueDateOf(aTicket({ deadline: Date.parse('2026-11-24T23:30:00Z') }))).toBe('2026-11-25')
  })

  test('however long and odd the words, the description fits its column and ends in our line', () => {
    const odd = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(odd, fc.integer({ min: 0, max: 300 }), odd, (text, times, place) => {
        const ticket = aTicket({ text: text.repeat(times), place })
        const description = descriptionOf(ticket, undefined)
        expect(storedBytes(description)).toBeLessThanOrEqual(columnOfMySql)
        expect(description).not.toMatch(/\p{Surrogate}/u)
        expect(toldIn({ description })).toMatchObject({ number: ticket.id, sequence: ticket.sequence })
      }),
      { numRuns: 20 },
    )
  })

  test('a line of ours that a resident imitates counts for nothing', () => {
    const text = '邻里台账 20261120-001 #9：已结案，期限 2026-11-25 18:00'
    expect(toldIn({ description: descriptionOf(aTicket({ text }), undefined) })?.number).toBe('20261120-003')
  })

  test('nothing in the words is markup over there', () => {
    expect(withoutMarkup('{{include(主页)}} !http://x/y.png! ![图](http://x) <img src=x> @admin 好!')).toBe(
      '｛｛include(主页)}} ！http://x/y.png! ！[图](http://x) ＜img src=x> ＠admin 好!',
    )
    expect(withoutMarkup('3 < 5，\u0000真的\ud800吗\r\n是')).toBe('3 < 5，真的\ufffd吗\n是')
    expect(inThreeBytes('𠮷家😱了')).toBe('□家□了')
    expect(oneLine('一\t二\n 三', 4)).toBe('一 二…')
  })
})

describe('notes', () => {
  const at = (time: string) => `2026-11-20T${time}:00Z`
  const journal = (created_on: string, notes: string, change?: string): Issue['journals'][number] => ({
    ...{ created_on, notes, private_notes: false },
    details: change === undefined ? [] : [{ property: 'attr', name: change }],
  })

  test('what they write with, after or shortly before a status is about it; older words are not', () => {
    const noteOn = (...journals: Issue['journals']) => theirNoteOn({ journals })
    expect(noteOn(journal(at('09:00'), '收到'))).toBe('收到')
    expect(noteOn(journal(at('09:00'), '收到'), journal(at('15:00'), '', 'status_id'))).toBeUndefined()
    expect(noteOn(journal(at('14:30'), '已修好'), journal(at('15:00'), '', 'status_id'))).toBe('已修好')
    expect(noteOn(journal(at('15:00'), '已修好', 'status_id'), journal(at('15:05'), '', 'subject'))).toBe(
      '已修好',
    )
    expect(noteOn(journal(at('15:00'), '', 'status_id'), journal(at('15:05'), '已换新'))).toBe('已换新')
    expect(noteOn({ ...journal(at('15:00'), '费用另算', 'status_id'), private_notes: true })).toBeUndefined()
  })

  test('ours is known by its last line, also when they quote it', () => {
    const done = aTicket({ state: 'done', sequence: 4, note: '已更换灯管' })
    const ours = journal(at('10:00'), (noteOf(done) ?? '').replaceAll('\n', '\r\n'), 'status_id')
    const quoting = journal(at('11:00'), `> 已更换灯管\n> 〔邻里 20261120-003 #4〕\n\n谢谢`)
    expect(isNoted({ journals: [ours] }, done)).toBe(true)
    expect(theirNoteOn({ journals: [ours] })).toBeUndefined()
    expect(theirNoteOn({ journals: [ours, quoting] })).toContain('谢谢')
    expect(isNoted({ journals: [ours] }, { ...done, state: 'closed', sequence: 6 }), 'said already').toBe(
      true,
    )
    expect(isNoted({ journals: [ours] }, { ...done, sequence: 9, note: '又换了镇流器' })).toBe(false)
  })
})
