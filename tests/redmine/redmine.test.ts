import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createRedmine } from '../../adapters/ticketing/redmine/redmine.ts'
import { seeded, withStateNames } from './a-ticket.ts'
import { type Exchange, type Replay, replay } from './exchanges.ts'
import { scenarios } from './scenarios.ts'

/** Against the answers of a real Redmine 5.0, recorded by REDMINE=1 RECORD=1 npx vitest run tests/redmine. */

let server: Replay | undefined
afterEach(() => server?.close())

async function recorded(name: string): Promise<readonly Exchange[]> {
  const text = await readFile(new URL(`answers/${name}.jsonl`, import.meta.url), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}

describe('with recorded answers', () => {
  test.each(scenarios)('$promise', async ({ name, play }) => {
    server = await replay(await recorded(name))
    const { url, mistakes } = server
    await play({
      redmine: ({ as = 'linli', ...change } = {}) =>
        withStateNames(createRedmine({ ...seeded, url, key: as, ...change }, fetch)),
      // they did it when it was recorded
      people: () => Promise.resolve(),
    })
    expect(mistakes()).toEqual([])
  })
})
