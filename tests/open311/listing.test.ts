import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Category } from '../../intents/understanding.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Ticket, TicketState } from '../../tickets/ticket.ts'
import { instant } from '../bot/stage.ts'
import { type City, openCity } from './city.ts'
import { expectError, type Row, rowsOf } from './rows.ts'

/** GET requests: which of the ledger's tickets are listed, and how much is read for it. */

const now = instant('2026-11-18 09:00')
const day = 86_400_000

let city: City
beforeAll(async () => {
  city = await openCity()
  const group = 'g-1'
  await city.stage.store.commit(
    [
      ticket('20261118-001', now - 1_000, { group }),
      ticket('20261117-001', now - day, {
        group,
        category: 'noise',
        state: 'closed',
        endedAt: now - 3_600_000,
      }),
      ticket('20261116-001', now - 2 * day, { group, category: 'traffic', state: 'withdrawn', endedAt: now }),
      ticket('20261115-001', now - 3 * day, { group, category: 'noise', state: 'done' }),
      ticket('20261114-001', now - 4 * day, { group, state: 'declined', endedAt: now }),
      // half a second behind what it will say of itself
      ticket('20261113-001', now - 5 * day + 500, { group, state: 'on_hold' }),
      // not published: private matters, and what was told in private
      ticket('20261112-001', now - 6 * day, { group, category: 'neighbours' }),
      ticket('20261112-002', now - 6 * day, { group, category: 'welfare' }),
      ticket('20261112-003', now - 6 * day, { group, category: 'conduct' }),
      ticket('20261112-004', now - 6 * day, { group: null }),
      ticket('20260801-001', now - 109 * day, { group }),
    ].map((put) => ({ collection: 'tickets', id: put.id, put })),
  )
})
afterAll(() => city?.close())

function ticket(id: string, openedAt: number, change: Partial<Ticket> = {}): Ticket {
  return {
    ...{
      id,
      openedAt,
      state: 'dispatched' satisfies TicketState,
      group: null,
      reporter: 'p-1',
      supporters: [],
    },
    ...{ category: 'facilities' satisfies Category, urgency: 'normal', place: { building: '3' }, photos: [] },
    ...{
      text: '3号楼502王建国13812345678电梯坏了',
      department: '物业',
      urges: 0,
      reopenings: 0,
      escalation: 0,
    },
    ...{ deadline: openedAt + 3 * day, yellowAt: openedAt + 2 * day, messages: [], head: '', sequence: 2 },
    ...{ lastEventAt: openedAt, ...change },
  }
}

const numbers = (rows: readonly Row[]) => rows.map((row) => String(row['service_request_id']).slice(4))
const w3c = (at: number) => isoShanghai(at).replace('.000', '')

describe.each(['json', 'xml'] as const)('in %s', (format) => {
  const list = async (query = '') =>
    rowsOf(format, await city.get(`requests.${format}${query}`), 'service_requests', 'request')
  const listed = async (query = '') => numbers(await list(query))
  const ask = (query: string) => city.get(`requests.${format}${query}`)

  test('the last ninety days are listed, newest first, without what is private', async () => {
    expect(await listed()).toEqual(['1118-001', '1117-001', '1116-001', '1115-001', '1114-001', '1113-001'])
  })

  test('open is what is not struck off the list yet, also when the work is done', async () => {
    expect(await listed('?status=open')).toEqual(['1118-001', '1115-001', '1113-001'])
    expect(await listed('?status=closed')).toEqual(['1117-001', '1116-001', '1114-001'])
    expect(await listed('?status=open,closed')).toHaveLength(6)
    const [ended] = await list('?status=closed')
    // the standard wants the time of the closing here, and none of what came after it
    expect(ended?.['updated_datetime']).toBe('2026-11-18T08:00:00+08:00')
    expect(ended?.['status_notes']).toBe('已经办结')
  })

  test('services are chosen by code, several with commas or one by one', async () => {
    expect(await listed('?service_code=noise')).toEqual(['1117-001', '1115-001'])
    expect(await listed('?service_code=noise,traffic')).toHaveLength(3)
    expect(await listed('?service_code=noise&service_code=traffic')).toHaveLength(3)
    expect(await listed('?service_code=conduct')).toEqual([])
    expectError(format, await ask('?service_code=noise,potholes'), 404, 'potholes')
  })

  test('numbers override all others; what is private or unknown is left out', async () => {
    const wanted = '20261117-001,20261112-003,20261112-004,20200101-001,20260801-001'
    expect(
      await listed(`?service_request_id=${wanted}&status=open&service_code=traffic&start_date=x`),
    ).toEqual(['1117-001', '0801-001'])
    expect(await listed('?service_request_id=20261112-001')).toEqual([])
    expectError(format, await ask(`?service_request_id=${'1,'.repeat(201)}`), 400, '200')
  })

  test('a span has both its ends inside', async () => {
    const from = encodeURIComponent(w3c(now - 3 * day))
    const to = encodeURIComponent(w3c(now - day))
    expect(await listed(`?start_date=${from}&end_date=${to}`)).toEqual(['1117-001', '1116-001', '1115-001'])
    expect(await listed(`?end_date=${to}`)).toHaveLength(5)
    expect(await listed(`?start_date=${from}`)).toHaveLength(4)
  })

  test('what a request says of its own time finds it again', async () => {
    const [last] = (await list()).slice(-1)
    const itself = encodeURIComponent(String(last?.['requested_datetime']))
    expect(await listed(`?start_date=${itself}&end_date=${itself}`)).toEqual(['1113-001'])
  })

  test('a date may come in UTC, or with a + that became a space', async () => {
    expect(await listed('?start_date=2026-11-17T01:00:00Z')).toEqual(['1118-001', '1117-001'])
    expect(await listed('?start_date=2026-11-17T09:00:00+08:00')).toEqual(['1118-001', '1117-001'])
    expect(await listed('?start_date=2026-11-17T09:00:00.001%2B08:00')).toEqual(['1118-001'])
  })

  test('a start of long ago means the ninety days from there', async () => {
    expect(await listed('?start_date=2026-07-31T00:00:00Z')).toEqual(['0801-001'])
  })

  test.each([
    ['without an offset', '?start_date=2026-11-17T09:00:00', 'offset'],
    ['a day alone', '?start_date=2026-11-17', 'offset'],
    ['no day at all', '?end_date=2026-02-30T00:00:00Z', 'end_date'],
    ['more than ninety days', '?start_date=2026-07-01T00:00:00Z&end_date=2026-11-01T00:00:00Z', '90 days'],
    ['the end before the start', '?start_date=2026-11-10T00:00:00Z&end_date=2026-11-01T00:00:00Z', 'before'],
    ['two starts', '?start_date=2026-11-10T00:00:00Z&start_date=2026-11-11T00:00:00Z', 'once'],
    ['another status', '?status=done', 'open, closed'],
    ['a page of nothing', '?page=0', 'page'],
    ['a page too large', '?page_size=1001', '1000'],
    ['a page too deep', '?page=1000', 'page'],
    ['words for numbers', '?page_size=1e2', 'page_size'],
  ])('%s is refused', async (_, query, word) => {
    expectError(format, await ask(query), 400, word)
  })

  test('all that is wrong is told at once', async () => {
    const reply = await ask('?status=done&page=0&start_date=x')
    expect(rowsOf(format, reply, 'errors', 'error')).toHaveLength(3)
  })

  test('pages follow one another without a gap', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => listed(`?page_size=2&page=${page}`)))
    expect(pages).toEqual([['1118-001', '1117-001'], ['1116-001', '1115-001'], ['1114-001', '1113-001'], []])
  })
})

describe('a ledger of 30,000 tickets', () => {
  let large: City
  let read = 0
  beforeAll(async () => {
    large = await openCity()
    const { store } = large.stage
    const many = Array.from({ length: 30_000 }, (_, at) => {
      const id = `2026${String(1_101 + Math.floor(at / 1_000)).padStart(4, '0')}-${String(at % 1_000).padStart(3, '0')}`
      // every third was told in private
      return ticket(`${id}${at}`, now - at * 60_000, { group: at % 3 === 0 ? null : 'g-1' })
    })
    await store.commit(many.map((put) => ({ collection: 'tickets', id: put.id, put })))
    const find = store.find.bind(store)
    store.find = async (collection, query) => {
      const page = await find(collection, query)
      read += page.documents.length
      return page as never
    }
  })
  afterAll(() => large?.close())

  test('is answered with a thousand at most, and little more than those is read', async () => {
    read = 0
    const began = performance.now()
    const rows = JSON.parse((await large.get('requests.json')).text) as Row[]
    expect(rows).toHaveLength(1_000)
    expect(read).toBeLessThan(2_500)
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test('a page deep inside is the one that a naive list would have there', async () => {
    const rows = JSON.parse((await large.get('requests.json?page_size=7&page=300')).text) as Row[]
    const places = Array.from({ length: 30_000 }, (_, at) => at)
      .filter((at) => at % 3 !== 0)
      .slice(299 * 7, 300 * 7)
    expect(rows.map((row) => row['requested_datetime'])).toEqual(places.map((at) => w3c(now - at * 60_000)))
  })

  test('a narrow span reads only what lies in it', async () => {
    read = 0
    const from = encodeURIComponent(w3c(now - 20_010 * 60_000))
    const to = encodeURIComponent(w3c(now - 20_000 * 60_000))
    const rows = JSON.parse(
      (await large.get(`requests.json?start_date=${from}&end_date=${to}`)).text,
    ) as Row[]
    expect(rows).toHaveLength(7)
    expect(read).toBeLessThan(20)
  })
})
