import { expect, onTestFinished, test } from 'vitest'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import { execute } from '../../bot/doors/execute.ts'
import { schema } from '../../bot/schema.ts'
import { emptyDatabase } from '../storage/postgres-server.ts'
import { openStage, type Stage } from './stage.ts'

const operator = { kind: 'operator' } as const
const people = Array.from({ length: 500 }, (_, at) => ({
  line: at + 2,
  cells: { name: `员工${at}`, role: '网格员' },
}))
const imported = (stage: Stage, id: string) =>
  execute(stage.house, operator, id, { type: 'grid.import', rows: { people } })

async function expectOnce(one: Stage, other: Stage): Promise<void> {
  const before = (await one.all('people')).length
  const results = await Promise.all([imported(one, 'import/1'), imported(other, 'import/2')])
  expect((await one.all('people')).length - before).toBe(people.length)
  expect(results.map((result) => result['new']).sort()).toEqual([0, people.length])
}

test('two imports of the same people at once enter each of them once', async () => {
  const stage = await openStage()
  await expectOnce(stage, stage)
})

test('two processes that import the same people into one PostgreSQL at once enter each of them once', async () => {
  const url = await emptyDatabase()
  const open = async () => {
    const store = await openPostgresStore({ url, schema, onWarning: () => undefined })
    onTestFinished(() => store.close())
    return openStage({ store })
  }
  const one = await open()
  await expectOnce(one, await open())
})

test('somebody entered twice by name at once is told of as a namesake to whoever came second', async () => {
  const stage = await openStage()
  const add = (id: string) =>
    execute(stage.house, operator, id, { type: 'roster.add', name: '周鹏', role: 'grid_worker' })
  const results = await Promise.all([add('add/1'), add('add/2')])
  const ids = results.map(({ person }) => person)
  const warned = results.filter(({ namesakes }) => namesakes !== undefined)
  expect(warned).toHaveLength(1)
  expect(ids).toContain(warned[0]?.['namesakes'])
})
