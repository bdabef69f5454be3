import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, html, json, modelFor, startServer, status, type TestServer } from './model-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.asked.length = 0
})

/** The vector of text number 7 is [7, 0, 0]; they come back last first. */
const vectors =
  (dimension = 3): Answer =>
  ({ body, ...rest }, response) => {
    const data = (body.input ?? []).map((text, index) => ({
      index,
      embedding: [Number(text), ...Array<number>(dimension - 1).fill(0)],
    }))
    json({ data: data.reverse(), usage: { total_tokens: 7 } })({ body, ...rest }, response)
  }
const texts = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const batches = () => server.asked.map(({ body }) => body.input?.length)

describe('embedding', () => {
  test('goes in batches of 64 and keeps the order, whatever the order of the server', async () => {
    server.script(vectors())
    const got = await modelFor(server).model.embed(texts(150))
    expect(got?.map(([first]) => first)).toEqual(texts(150).map(Number))
    expect(batches()).toEqual([64, 64, 22])
    expect(server.asked[0]?.body).toMatchObject({ model: 'small-embedding', encoding_format: 'float' })
  })

  test('goes in batches of ten where a server takes no more, from then on', async () => {
    server.script(status(400, 'batch size is invalid, it should not be larger than 10'), vectors())
    const { model } = modelFor(server)
    expect(await model.embed(texts(25))).toHaveLength(25)
    await model.embed(texts(11))
    expect(batches()).toEqual([25, 10, 10, 5, 10, 1])
  })

  test('of nothing is nothing, and asks nobody', async () => {
    expect(await modelFor(server).model.embed([])).toEqual([])
    expect(server.asked).toHaveLength(0)
  })

  test('masks personal data and sends no empty text', async () => {
    server.script(status(500))
    await modelFor(server).model.embed(['打13800138000', '  '])
    expect(server.asked[0]?.body.input).toEqual(['打[电话]', '空'])
  })

  test.each([
    ['one vector too few', json({ data: [{ index: 0, embedding: [1] }] })],
    ['one index twice', json({ data: [0, 0].map((index) => ({ index, embedding: [1] })) })],
    [
      'two dimensions',
      json({
        data: [
          { index: 0, embedding: [1] },
          { index: 1, embedding: [1, 2] },
        ],
      }),
    ],
    ['empty vectors', json({ data: [0, 1].map((index) => ({ index, embedding: [] })) })],
    ['texts for numbers', json({ data: [0, 1].map((index) => ({ index, embedding: ['a'] })) })],
    ['base64', json({ data: [0, 1].map((index) => ({ index, embedding: 'AACAPw==' })) })],
    ['HTML', html()],
    ['429', status(429)],
  ])('gives undefined after %s', async (_, answer) => {
    server.script(answer)
    const { model, troubles } = modelFor(server)
    expect(await model.embed(['0', '1'])).toBeUndefined()
    expect(troubles).toHaveLength(1)
  })

  test('gives undefined when the dimension is not that of before', async () => {
    server.script(vectors(3), vectors(4))
    const { model, troubles } = modelFor(server)
    expect(await model.embed(['1'])).toEqual([[1, 0, 0]])
    expect(await model.embed(['1'])).toBeUndefined()
    expect(troubles[0]).toContain('vectors of 3 and of 4 numbers')
  })

  test('is all or nothing when a later batch fails', async () => {
    server.script(vectors(), status(500))
    expect(await modelFor(server).model.embed(texts(70))).toBeUndefined()
  })
})
