import { describe, expect, test } from 'vitest'
import { fill, parsePrompts, readPrompts } from '../../adapters/llm/prompts.ts'
import { categories, intents, urgencies } from '../../intents/understanding.ts'

describe('the prompts', () => {
  test('explain every word that the model may answer', () => {
    const { system } = parsePrompts(readPrompts()).understand
    for (const word of [...intents, ...categories, ...urgencies]) expect(system).toContain(word)
  })

  test('need their data between marks', () => {
    const loose = readPrompts().replace('<居民原话>', '')
    expect(() => parsePrompts(loose)).toThrow('understand.user needs {text} between <tag> and </tag>')
  })

  test('tell all their faults at once', () => {
    expect(() => parsePrompts('understand: {system: "", user: x}')).toThrow(
      /prompts\.yaml: understand\.system: .*; compose: /,
    )
  })

  test('never read data as a template', () => {
    expect(fill('{a} {b}', { a: '{b} $&', b: '2' })).toBe('{b} $& 2')
  })
})
