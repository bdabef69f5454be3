import { expect, test } from 'vitest'
import type { Correction } from '../../bot/learning/correction-documents.ts'
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

test('several corrections of the same words are put together, field by field', () => {
  const text = '老槐树底下半夜打牌'
  const { examples, landmarks } = lessonOf([
    correction(text, { right: { intent: 'complaint', category: 'noise' } }),
    correction(text, { right: { place: '老槐树底下' } }),
    correction(text, { right: { answer: 'wrong' } }),
  ])
  expect(examples).toMatchObject([{ intent: 'complaint', category: 'noise' }])
  expect(landmarks).toEqual(['老槐树底下'])
})

test('what is no complaint after all loses the category that it was given before', () => {
  const text = '工地那边真热闹'
  const both = [
    correction(text, { right: { intent: 'complaint', category: 'noise' } }),
    correction(text, { right: { intent: 'chatter' } }),
  ]
  expect(lessonOf(both).examples).toEqual([expect.not.objectContaining({ category: 'noise' })])
  const back = lessonOf([...both, correction(text, { right: { category: 'construction' } })])
  expect(back.examples).toMatchObject([{ intent: 'complaint', category: 'construction' }])
})
