import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  html,
  json,
  modelFor,
  noiseComplaint,
  noon,
  says,
  silence,
  startServer,
  status,
  type TestServer,
  trickle,
} from './model-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.asked.length = 0
})

const minute = 60_000

describe('a failing server', () => {
  test.each([
    ['500', status(500), 'it failed inside (500)'],
    ['429', status(429), 'fewer requests (429)'],
    ['401', status(401), 'does not accept the key (401)'],
    ['402', status(402), 'no balance left (402)'],
    ['404', status(404), 'does not know the model or the path (404)'],
    ['400 for an unknown model', status(400, 'Model Not Exist'), 'does not know the model'],
    ['HTML', html(), 'not of the OpenAI protocol (no JSON)'],
    ['HTML with 502', html(502), 'it failed inside (502)'],
    ['an empty object', json({}), 'not of the OpenAI protocol'],
    ['null', json(null), 'not of the OpenAI protocol'],
    ['a redirect', status(302, 'x', { location: 'http://127.0.0.1:9/' }), 'another address (302)'],
  ])('that answers %s gives undefined and says what it was', async (_, answer, text) => {
    server.script(answer)
    const { model, troubles } = modelFor(server)
    expect(await model.understand('半夜打鼓')).toBeUndefined()
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).toContain(text)
    expect(server.asked).toHaveLength(1)
  })

  test.each([
    ['that never answers', silence],
    ['whose body never ends', trickle],
  ])('%s is given up in time', async (_, answer) => {
    server.script(answer)
    const { model, troubles } = modelFor(server, { timeoutMs: 80 })
    const start = performance.now()
    expect(await model.understand('半夜打鼓')).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(1000)
    expect(troubles[0]).toContain('no answer in time')
  })

  test('that breaks the JSON of its answer gives undefined', async () => {
    server.script((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [{"mess')
    })
    const { model, troubles } = modelFor(server)
    expect(await model.understand('半夜打鼓')).toBeUndefined()
    expect(troubles).toHaveLength(1)
  })

  test('that hangs up gives undefined', async () => {
    server.script((_, response) => response.destroy())
    const { model, troubles } = modelFor(server)
    expect(await model.understand('半夜打鼓')).toBeUndefined()
    expect(troubles[0]).toContain('no connection')
  })

  test('is told of once in ten minutes, with the number of lines left out', async () => {
    server.script(says('nonsense'))
    const { model, troubles, clock } = modelFor(server)
    for (let count = 0; count < 4; count++) await model.understand('半夜打鼓')
    expect(troubles).toHaveLength(1)
    clock.now += 11 * minute
    await model.understand('半夜打鼓')
    expect(troubles[1]).toContain('3 more like it')
  })

  test('may repeat what it got: no line for the operator does', async () => {
    server.script(({ body }, response) =>
      status(400, JSON.stringify(body))({ path: '', key: '', body }, response),
    )
    const { model, troubles } = modelFor(server)
    await model.understand('半夜打鼓')
    expect(troubles.join()).not.toMatch(/打鼓|sk-test/)
  })
})

describe('the breaker', () => {
  test('opens after five failures in a row, and lets one request through after the rest', async () => {
    server.script(status(500))
    const { model, clock, troubles } = modelFor(server)
    for (let count = 0; count < 8; count++) expect(await model.understand('吵')).toBeUndefined()
    expect(server.asked).toHaveLength(5)
    expect(troubles.at(-1)).toContain('left alone until 2026-11-18T12:01:00')
    clock.now += minute
    await Promise.all([model.understand('吵'), model.understand('吵'), model.understand('吵')])
    expect(server.asked).toHaveLength(6)
    await model.understand('吵')
    expect(server.asked).toHaveLength(6)
    clock.now += minute
    server.script(says(noiseComplaint))
    expect(await model.understand('吵')).toEqual(noiseComplaint)
    expect(await model.understand('吵')).toEqual(noiseComplaint)
  })

  test('opens at once, and as long as the server asks, on Retry-After', async () => {
    server.script(status(429, 'slow down', { 'retry-after': '120' }), says(noiseComplaint))
    const { model, clock } = modelFor(server)
    await model.understand('吵')
    clock.now += 119_000
    expect(await model.understand('吵')).toBeUndefined()
    expect(server.asked).toHaveLength(1)
    clock.now += 1000
    expect(await model.understand('吵')).toEqual(noiseComplaint)
  })

  test('reads a Retry-After that is a date', async () => {
    server.script(
      status(503, 'x', { 'retry-after': new Date(noon + 5 * minute).toUTCString() }),
      says(noiseComplaint),
    )
    const { model, clock } = modelFor(server)
    await model.understand('吵')
    clock.now += 5 * minute - 1
    expect(await model.understand('吵')).toBeUndefined()
    clock.now += 1
    expect(await model.understand('吵')).toEqual(noiseComplaint)
  })

  test('does not open for nonsense, nor for texts that are refused: the server itself is well', async () => {
    server.script(says(noiseComplaint), says('nonsense'), status(400, 'content filter'))
    const { model } = modelFor(server, { breaker: { failures: 2 } })
    for (let count = 0; count < 6; count++) await model.understand('吵')
    expect(server.asked).toHaveLength(6)
  })
})

describe('the daily budget', () => {
  test('of calls ends at its number, and is there again after midnight in Shanghai', async () => {
    server.script(says(noiseComplaint))
    const { model, clock, troubles } = modelFor(server, { dailyBudget: { calls: 2 } })
    const answers = [await model.understand('1'), await model.understand('2'), await model.understand('3')]
    expect(answers).toEqual([noiseComplaint, noiseComplaint, undefined])
    expect(troubles).toEqual([expect.stringContaining("today's budget is spent")])
    clock.now = Date.parse('2026-11-18T23:59:59.999+08:00')
    expect(await model.understand('4')).toBeUndefined()
    clock.now += 1
    expect(await model.understand('5')).toEqual(noiseComplaint)
    expect(model.spend()).toEqual({ day: '2026-11-19', calls: 1, tokens: 100 })
  })

  test('of tokens counts what the server says', async () => {
    server.script(says(noiseComplaint, { tokens: 9000 }))
    const { model } = modelFor(server, { dailyBudget: { tokens: 10_000 } })
    expect(await model.understand('1')).toEqual(noiseComplaint)
    expect(model.spend().tokens).toBe(9000)
    expect(await model.understand('2')).toBeUndefined()
  })

  test('holds for requests at the same time', async () => {
    server.script(says(noiseComplaint))
    const { model } = modelFor(server, { dailyBudget: { calls: 3 } })
    const answers = await Promise.all(Array.from({ length: 8 }, () => model.understand('吵')))
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(3)
    expect(server.asked).toHaveLength(3)
  })

  test('goes on after a restart where it stood, if it is the same day', async () => {
    server.script(says(noiseComplaint))
    const spent = { day: '2026-11-18', calls: 2000, tokens: 5 }
    expect(await modelFor(server, { spent }).model.understand('1')).toBeUndefined()
    const yesterday = { ...spent, day: '2026-11-17' }
    expect(await modelFor(server, { spent: yesterday }).model.understand('1')).toEqual(noiseComplaint)
  })

  test('takes no tokens for a request that was refused unread', async () => {
    server.script(status(500))
    const { model } = modelFor(server)
    await model.understand('1')
    expect(model.spend()).toEqual({ day: '2026-11-18', calls: 1, tokens: 0 })
  })
})

describe('the queue', () => {
  test('is part of the deadline: who has waited that long behind a silent server is not sent any more', async () => {
    server.script(silence)
    const { model } = modelFor(server, { timeoutMs: 100, maxConcurrent: 1 })
    const answers = await Promise.all(Array.from({ length: 5 }, () => model.understand('吵')))
    expect(answers).toEqual(Array(5).fill(undefined))
    // the first, and on a busy machine perhaps one that got in just before its own deadline
    expect(server.asked.length).toBeLessThan(4)
  })

  test('turns away what would come too late', async () => {
    server.script(says(noiseComplaint))
    const { model, troubles } = modelFor(server, { maxConcurrent: 1 })
    const answers = await Promise.all(Array.from({ length: 60 }, () => model.understand('吵')))
    expect(answers.filter((answer) => answer === undefined).length).toBeGreaterThan(20)
    expect(troubles).toEqual([expect.stringContaining('too many requests are waiting')])
  })
})
