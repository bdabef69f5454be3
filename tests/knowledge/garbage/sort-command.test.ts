import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import { sort } from '../../../bot/commands/sort.ts'

async function run(lines: readonly string[], region?: string) {
  const printed: string[] = []
  const warned: string[] = []
  const status = await sort({
    root: projectRoot(),
    input: Readable.from(lines.map((line) => `${line}\n`)),
    print: (line) => printed.push(line),
    warn: (line) => warned.push(line),
    ...(region === undefined ? {} : { region }),
  })
  return { status, printed: printed.map((line): unknown => JSON.parse(line)), warned }
}

test('each line gets its item, category and confidence', async () => {
  const { status, printed } = await run(['{"id":"1","text":"请问喝剩的豆浆扔哪"}', '{"id":"2","text":"？"}'])
  expect(status).toBe(0)
  expect(printed).toEqual([
    { id: '1', item: '豆浆', category: 'kitchen', confidence: expect.any(Number) },
    { id: '2', item: null, category: null, confidence: 0 },
  ])
})

test('the region decides the category', async () => {
  const { printed } = await run(['{"id":"1","text":"核桃壳"}'], '上海')
  expect(printed).toMatchObject([{ category: 'residual' }])
})

test('an unknown region is told with the known ones, and nothing is printed', async () => {
  const { status, printed, warned } = await run(['{"id":"1","text":"核桃壳"}'], '火星')
  expect({ status, printed }).toEqual({ status: 1, printed: [] })
  expect(warned).toEqual([expect.stringContaining('上海, 北京, 广州, 深圳, 郑州')])
})

test('a bad line is told by its number, and the rest is sorted', async () => {
  const { status, printed, warned } = await run(['nonsense', '{"id":"2","text":"豆浆"}'])
  expect(status).toBe(1)
  expect(printed).toMatchObject([{ id: '2', item: '豆浆' }])
  expect(warned).toEqual([expect.stringMatching(/^line 1: /u)])
})

test('an empty input is told', async () => {
  expect(await run([])).toMatchObject({ status: 1, printed: [] })
})
