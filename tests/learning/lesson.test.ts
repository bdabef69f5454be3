import { expect, test } from 'vitest'
import type { Correction } from '../../bot/documents.ts'
import { lessonOf } from '../../bot/learning/lesson.ts'

function correction(text: string, more: Partial<Correction>): Correction {
  return { id: `c-${text}`, text, right: {}, person: null, by: 'p', at: 1, state: 'valid', ...more }
}

test('a corrected message becomes an example of what it was', () => {
  const { examples } = lessonOf([
    correction('早上集合去爬山', { right: { intent: 'chatter' } }),
    correction('铁门夹手', { right: { intent: 'complaint', category: 'facilities' } }),
  ])
  expect(examples).toMatchObject([
    { text: '早上集合去爬山', intent: 'chatter' },
    { text: '铁门夹手', intent: 'complaint', category: 'facilities' },
  ])
})

test('a complaint without a category takes the one it had, and teaches nothing when there is none', () => {
  const was = { intent: 'complaint', category: 'pets' } as const
  const { examples } = lessonOf([
    correction('狗又在叫', { right: { intent: 'complaint' }, was }),
    correction('有个事', { right: { intent: 'complaint' } }),
  ])
  expect(examples).toMatchObject([{ text: '狗又在叫', category: 'pets' }])
})

test('the later correction of the same words wins, and one that was withdrawn teaches nothing', () => {
  const { examples } = lessonOf([
    correction('门口来了个修鞋的', { right: { intent: 'complaint', category: 'streetscape' } }),
    correction('门口来了个修鞋的', { right: { intent: 'chatter' } }),
    correction('收旧家电', { right: { intent: 'chatter' }, state: 'withdrawn' }),
  ])
  expect(examples).toMatchObject([{ intent: 'chatter' }])
})

test('a name of a place that was said is learnt; numbers and words that nobody said are not', () => {
  const { landmarks } = lessonOf([
    correction('老槐树底下堆了垃圾', { right: { place: '老槐树底下' } }),
    correction('楼下堆了垃圾', { right: { place: '北广场' } }),
    correction('5号楼堆了垃圾', { right: { place: '5号楼' } }),
  ])
  expect(landmarks).toEqual(['老槐树底下'])
})
