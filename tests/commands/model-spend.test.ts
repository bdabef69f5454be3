import { expect, test } from 'vitest'
import type { ModelServer } from '../../adapters/llm/open-ai-model.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { keepSpend, spentToday } from '../../bot/commands/model-spend.ts'
import { schema } from '../../bot/schema.ts'

const noon = Date.parse('2026-11-20T12:00:00+08:00')

test('what the model server has cost today is known after a restart, and forgotten the next day', async () => {
  const store = openMemoryStore(schema)
  let spend = await spentToday(store, noon)
  expect(spend).toEqual({ day: '2026-11-20', calls: 0, tokens: 0 })
  const stop = keepSpend(store, { spend: () => spend } as ModelServer, (error) => expect.fail(String(error)))
  spend = { day: '2026-11-20', calls: 17, tokens: 4_200 }
  await stop()
  expect(await spentToday(store, noon)).toEqual(spend)
  expect(await spentToday(store, noon + 86_400_000)).toMatchObject({ calls: 0, tokens: 0 })
})
