import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { progressOn } from '../../bot/commands/progress.ts'

function drawn(isTTY: boolean): {
  readonly text: () => string
  readonly show: ReturnType<typeof progressOn>
  tick(ms: number): void
} {
  const stream = Object.assign(new PassThrough(), { isTTY })
  let now = 0
  return {
    text: () => String(stream.read() ?? ''),
    show: progressOn(stream, () => now),
    tick(ms) {
      now += ms
    },
  }
}

test('a terminal sees a bar that goes away before anything else is printed', () => {
  const { text, show, tick } = drawn(true)
  const bar = show('reading')
  bar.step(0, 1000)
  tick(200)
  bar.step(500, 1000)
  bar.end()
  expect(text()).toBe(
    `\rreading ${'░'.repeat(24)}  0%  0/1,000\x1b[K\rreading ${'█'.repeat(12)}${'░'.repeat(12)} 50%  500/1,000\x1b[K\r\x1b[K`,
  )
})

test('it is drawn ten times a second at most, and counts where nobody knows the end', () => {
  const { text, show, tick } = drawn(true)
  const bar = show('asking')
  for (let done = 1; done <= 50; done++) {
    bar.step(done)
    tick(10)
  }
  expect(text().match(/asking/gu)).toHaveLength(5)
})

test('pipes and files see nothing', () => {
  const { text, show } = drawn(false)
  const bar = show('reading')
  bar.step(1, 2)
  bar.end()
  expect(text()).toBe('')
})
