import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Answer,
  html,
  json,
  modelFor,
  says,
  silence,
  startServer,
  status,
  type TestServer,
} from './model-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

const list = (...ids: string[]) => json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })
const vector = json({ data: [{ index: 0, embedding: [1] }] })

describe('the health of the model server', () => {
  test('is good when it lists our models, and that costs nothing', async () => {
    server.asked.length = 0
    server.script(list('small-model', 'small-embedding'))
    const { model } = modelFor(server)
    expect(await model.ping()).toMatchObject({ ok: true, model: 'small-model', via: 'list' })
    expect(server.asked.map(({ path }) => path)).toEqual(['/v1/models'])
    expect(model.spend()).toMatchObject({ calls: 0, tokens: 0 })
  })

  test.each<[string, Answer[]]>([
    ['does not list models', [status(404), says('好'), vector]],
    ['lists others only', [list('other'), says('好'), vector]],
    ['wants another name for the limit', [list(), status(400, 'max_tokens'), says('好'), vector]],
    ['lists the chat model only', [list('small-model'), vector]],
  ])('is good when it %s, but the models answer', async (_, answers) => {
    server.script(...answers)
    expect(await modelFor(server).model.ping()).toMatchObject({ ok: true, via: 'call' })
  })

  test.each<[string, Answer[], string, RegExp]>([
    ['a wrong key', [status(401)], 'key', /OPENAI_API_KEY/],
    ['an empty account', [list('x'), status(402)], 'balance', /top up/],
    ['a spent quota', [list('x'), json({ error: { code: 'insufficient_quota' } }, 429)], 'balance', /top up/],
    ['an unknown model', [list('x'), status(404)], 'model', /LINLI_MODEL/],
    ['an unknown embedding model', [list('small-model'), status(404)], 'model', /LINLI_EMBEDDING_MODEL/],
    ['a wrong path', [html()], 'protocol', /OPENAI_BASE_URL.*\/v1/],
    ['another address', [status(301)], 'redirect', /final address/],
  ])('is told for %s, with its remedy', async (_, answers, code, remedy) => {
    server.script(...answers)
    expect(await modelFor(server).model.ping()).toEqual({
      ok: false,
      code,
      text: expect.any(String),
      remedy: expect.stringMatching(remedy),
    })
  })

  test('is told for silence', async () => {
    server.script(silence)
    const { model } = modelFor(server, { timeoutMs: 60 })
    expect(await model.ping()).toMatchObject({ ok: false, code: 'timeout', remedy: /network/ })
  })

  test('is told for a port where nobody listens', async () => {
    const { model } = modelFor(server, { baseURL: 'http://127.0.0.1:1/v1' })
    expect(await model.ping()).toMatchObject({
      ok: false,
      code: 'unreachable',
      remedy: expect.stringContaining('check that the server runs'),
    })
  })

  test('is told for an address that is none', async () => {
    const { model } = modelFor(server, { baseURL: 'nonsense' })
    expect(await model.ping()).toMatchObject({ ok: false, code: 'address' })
  })

  test('can be asked while the breaker is open', async () => {
    server.script(status(429, 'x', { 'retry-after': '600' }), list('small-model', 'small-embedding'))
    const { model } = modelFor(server)
    await model.understand('吵')
    expect(await model.ping()).toMatchObject({ ok: true })
  })
})
