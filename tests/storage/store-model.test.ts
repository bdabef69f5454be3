/** Random commits and queries: every store against filtering and sorting a plain list. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import {
  type Change,
  ConflictError,
  type Document,
  type Query,
  type Schema,
  type Store,
} from '../../bot/ports/store.ts'
import { asOwner, emptyDatabase } from './postgres-server.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Item extends Document {
  readonly state?: string | number | boolean | null
  readonly at?: number | string | null
  readonly version?: number
}

const schema: Schema = {
  items: [{ equal: ['state'], order: 'at' }, { equal: ['state'] }, { equal: [], order: 'at' }],
}

const id = fc.constantFrom('a', 'b', 'A', '十', '😀', '\uffe5', '\ud83d', 'a\u0000', 'g', '')
const state = fc.constantFrom('open', 'done', 1, '1', true, '')
const at = fc.oneof(
  fc.integer({ min: -3, max: 6 }),
  fc.constantFrom(0.5, -0.5, 1e21, -1e-9, 1_763_665_999_000),
  fc.constantFrom('x', 'y', '', '😀', '￥', '\u0000'),
)
const expectation = fc.option(fc.constantFrom<'absent' | number>('absent', 1, 2), { nil: undefined, freq: 3 })

const change = fc
  .record({
    id,
    state: fc.option(state),
    at: fc.option(at),
    expected: expectation,
    isRemoval: fc.boolean(),
  })
  .map(({ id, state, at, expected, isRemoval }): Change => {
    const what = isRemoval ? ({ remove: true } as const) : { put: { id, state, at } as Item }
    return { collection: 'items', id, ...what, ...(expected === undefined ? {} : { expect: expected }) }
  })
const changes = fc.uniqueArray(change, { minLength: 1, maxLength: 4, selector: (each) => each.id })

const query = fc
  .record({
    states: fc.option(fc.uniqueArray(state, { maxLength: 3 }), { nil: undefined }),
    order: fc.constantFrom('id', 'at'),
    lower: fc.option(at, { nil: undefined }),
    upper: fc.option(at, { nil: undefined }),
    descending: fc.boolean(),
    limit: fc.integer({ min: 1, max: 3 }),
  })
  .map(
    ({ states, order, lower, upper, descending, limit }): Query => ({
      ...(states === undefined ? {} : { where: { state: { in: states } } }),
      ...(order === 'at' && (lower !== undefined || upper !== undefined)
        ? {
            range: {
              field: 'at',
              ...(lower === undefined ? {} : { gte: lower }),
              ...(upper === undefined ? {} : { lt: upper }),
            },
          }
        : {}),
      order,
      descending,
      limit,
    }),
  )

type Step =
  | { readonly kind: 'commit'; readonly changes: readonly Change[] }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'reopen' }

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: changes.map((changes): Step => ({ kind: 'commit', changes })) },
    { weight: 3, arbitrary: query.map((query): Step => ({ kind: 'query', query })) },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'reopen' }) },
  ),
  { minLength: 5, maxLength: 40 },
)

describe('the lowdb, the memory and the PostgreSQL store', () => {
  test('answer every query as a plain list would, after any commits and restarts', async () => {
    const folder = await temporaryFolder()
    const url = await emptyDatabase()
    let run = 0
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        run += 1
        // So small that several snapshots are written in each run.
        const open = () => openLowdbStore({ folder: `${folder}/${run}`, schema, compactBytes: 700 })
        await asOwner(url, 'drop schema if exists linli cascade')
        let lowdb = await open()
        const memory = openMemoryStore(schema)
        let postgres = await openPostgresStore({ url, schema })
        const list = new Map<string, Item>()
        for (const step of steps) {
          if (step.kind === 'commit') {
            const outcomes = await Promise.all(
              [lowdb, memory, postgres].map((store) => outcomeOf(store.commit(step.changes))),
            )
            expect(outcomes).toEqual(Array(3).fill(commitToList(list, step.changes)))
          } else if (step.kind === 'reopen') {
            await lowdb.close()
            lowdb = await open()
            await postgres.close()
            postgres = await openPostgresStore({ url, schema })
          } else {
            const expected = askList(list, step.query)
            expect(await allPages(lowdb, step.query)).toEqual(expected)
            expect(await allPages(memory, step.query)).toEqual(expected)
            expect(await allPages(postgres, step.query)).toEqual(expected)
            expect(await lowdb.count('items', step.query)).toBe(expected.length)
            expect(await postgres.count('items', step.query)).toBe(expected.length)
          }
        }
        await lowdb.close()
        await postgres.close()
      }),
      { numRuns: 60 },
    )
    // a minute on an idle machine
  }, 300_000)
})

async function outcomeOf(commit: Promise<void>): Promise<'done' | 'conflict'> {
  try {
    await commit
    return 'done'
  } catch (error) {
    expect(error).toBeInstanceOf(ConflictError)
    return 'conflict'
  }
}

function commitToList(list: Map<string, Item>, changes: readonly Change[]): 'done' | 'conflict' {
  const fits = ({ id, expect }: Change) =>
    expect === undefined || (expect === 'absent' ? !list.has(id) : list.get(id)?.version === expect)
  if (!changes.every(fits)) {
    return 'conflict'
  }
  for (const each of changes) {
    if ('put' in each) {
      list.set(each.id, { ...each.put, version: (list.get(each.id)?.version ?? 0) + 1 })
    } else {
      list.delete(each.id)
    }
  }
  return 'done'
}

/** Numbers before strings, as the store orders them. */
function before(a: string | number, b: string | number): boolean {
  return typeof a === typeof b ? a < b : typeof a === 'number'
}

function askList(list: Map<string, Item>, { where, range, order, descending }: Query): Item[] {
  const [wanted] = Object.values(where ?? {})
  const states = typeof wanted === 'object' ? wanted.in : undefined
  const key = (item: Item) => (order === 'at' ? (item.at as string | number) : item.id)
  const found = [...list.values()].filter(
    (item) =>
      (order === 'id' || (item.at !== null && item.at !== undefined)) &&
      (states === undefined || states.some((each) => each === item.state)) &&
      (range?.gte === undefined || !before(key(item), range.gte)) &&
      (range?.lt === undefined || before(key(item), range.lt)),
  )
  found.sort((a, b) => (before(key(a), key(b)) || (key(a) === key(b) && a.id < b.id) ? -1 : 1))
  return descending ? found.reverse() : found
}

async function allPages(store: Store, query: Query): Promise<readonly Item[]> {
  const found: Item[] = []
  let cursor: string | undefined
  do {
    const page = await store.find<Item>('items', cursor === undefined ? query : { ...query, cursor })
    expect(page.documents.length).toBeLessThanOrEqual(query.limit as number)
    found.push(...page.documents)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
