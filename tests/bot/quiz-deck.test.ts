import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { House } from '../../bot/house.ts'
import { nextKey } from '../../bot/quiz/deck.ts'
import { drawQuestion } from '../../bot/quiz/questions.ts'
import type { AskedQuestion, QuizDeck } from '../../bot/quiz/quiz-documents.ts'
import { openStage } from './stage.ts'

function draw(keys: readonly string[], seed: number, count: number, last?: string): string[] {
  const drawn: string[] = []
  for (let at = 0; at < count; at++) {
    const next = nextKey(keys, seed, drawn.at(-1) ?? last, () => true)
    if (next === undefined) throw new Error('nothing came')
    drawn.push(next)
  }
  return drawn
}

const keySets = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 60 })

describe('the deck', () => {
  test('gives each key again only when all the others have come', () => {
    fc.assert(
      fc.property(keySets, fc.nat(), (keys, seed) => {
        const drawn = draw(keys, seed, keys.length * 3)
        for (let from = 0; from + keys.length <= drawn.length; from++)
          expect(new Set(drawn.slice(from, from + keys.length)).size).toBe(keys.length)
      }),
    )
  })

  test('goes on where it was when keys are added and taken away: nothing that was just asked comes back', () => {
    fc.assert(
      fc.property(
        keySets,
        fc.uniqueArray(fc.string({ minLength: 7, maxLength: 9 }), { maxLength: 20 }),
        fc.nat(),
        (keys, more, seed) => {
          const half = draw(keys, seed, Math.floor(keys.length / 2))
          const changed = [...keys.filter((key) => key !== half.at(-1)), ...more]
          const rest = draw(changed, seed, keys.length - half.length, half.at(-1))
          expect(rest.filter((key) => half.includes(key))).toEqual([])
        },
      ),
    )
  })

  test('is another one for another group', () => {
    const keys = Array.from({ length: 50 }, (_, at) => `东西${at}`)
    expect(draw(keys, 1, 50)).not.toEqual(draw(keys, 2, 50))
  })

  test('passes over what does not fit', () => {
    expect(nextKey(['甲', '乙'], 3, undefined, (key) => key === '乙')).toBe('乙')
    expect(nextKey(['甲'], 3, undefined, () => false)).toBeUndefined()
  })
})

describe('the questions of a conversation', () => {
  test('come again after 1,500 others at the earliest, written ones after 200, and are remembered in a few words', async () => {
    const { house } = await openStage()
    let deck: QuizDeck | undefined
    const lastSeen = new Map<string, number>()
    let things = Number.POSITIVE_INFINITY
    let written = Number.POSITIVE_INFINITY
    for (let turn = 0; turn < 1_800; turn++) {
      const drawn = drawQuestion(house, 'g-1', deck)
      deck = drawn.deck
      const isWritten = drawn.question.kind === 'known'
      const key = (isWritten ? deck.known : deck.thing) ?? ''
      const distance = turn - (lastSeen.get(key) ?? Number.NEGATIVE_INFINITY)
      if (isWritten) written = Math.min(written, distance)
      else things = Math.min(things, distance)
      lastSeen.set(key, turn)
    }
    expect(written).toBeGreaterThanOrEqual(200)
    expect(things).toBeGreaterThan(1_500)
    expect(JSON.stringify(deck).length).toBeLessThan(300)
  })

  test.each([undefined, '上海'])('have one right answer by the rules of the region (%s)', async (region) => {
    const house = await houseIn(region)
    let deck: QuizDeck | undefined
    for (let turn = 0; turn < 120; turn++) {
      const drawn = drawQuestion(house, 'g-1', deck)
      deck = drawn.deck
      expect(new Set(drawn.question.choices).size, drawn.question.text).toBe(4)
      checkAnswer(house, drawn.question)
    }
  })

  test('are asked in the words of the region', async () => {
    const house = await houseIn('上海')
    let deck: QuizDeck | undefined
    for (let turn = 0; turn < 300; turn++) {
      const drawn = drawQuestion(house, 'g-1', deck)
      deck = drawn.deck
      const { kind, text, choices, why } = drawn.question
      // the city's own question explains the other name
      if (kind === 'known' && text.includes('上海')) continue
      expect(`${text}${choices.join()}${why}`).not.toMatch(/厨余垃圾|其他垃圾/u)
    }
  })
})

async function houseIn(region: string | undefined): Promise<House> {
  const { house } = await openStage({ settings: region === undefined ? {} : { region } })
  return { ...house, categoryName: (bin) => house.garbage.categoryName(bin, region) }
}

function checkAnswer({ garbage, settings }: House, { kind, text, choices, answer }: AskedQuestion): void {
  const bins = choices.map((choice) => garbage.sort(choice, settings.region).categoryName)
  const right = bins[answer]
  const others = bins.filter((_, at) => at !== answer)
  if (kind === 'bin') {
    const item = text.replace('该扔哪个桶？', '')
    expect(choices[answer], item).toBe(garbage.sort(item, settings.region).categoryName)
  }
  if (kind === 'pick') {
    expect(text).toContain(right)
    expect(others).not.toContain(right)
  }
  if (kind === 'odd') {
    expect(new Set(others).size).toBe(1)
    expect(others).not.toContain(right)
    expect(text).toContain(others[0])
  }
}
