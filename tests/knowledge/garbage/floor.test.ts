import { expect, test } from 'vitest'
import { garbageFiles, loadGarbageQuestions, measureGarbage } from '../../eval/garbage.ts'
import { book } from './shipped-book.ts'

for (const file of garbageFiles) {
  test(`${file}: nineteen of twenty are answered rightly, and talk is left alone`, async () => {
    const figures = measureGarbage(book, await loadGarbageQuestions(file))
    expect(figures.rightWhenAnswered, figures.mistakes.join('\n')).toBeGreaterThanOrEqual(0.95)
    expect(figures.overall, figures.mistakes.join('\n')).toBeGreaterThanOrEqual(0.95)
    expect(figures.falseHits, figures.mistakes.join('\n')).toBeLessThanOrEqual(0.03)
  })
}
