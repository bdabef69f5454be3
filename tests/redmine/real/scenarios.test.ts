import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRedmine } from '../../../adapters/ticketing/redmine/redmine.ts'
import { seeded, withStateNames } from '../a-ticket.ts'
import { type Exchange, recording } from '../exchanges.ts'
import { type Stage, scenarios } from '../scenarios.ts'
import { type StartedRedmine, startRedmine, stopRedmine } from './redmine-process.ts'
import { wanted } from './wanted.ts'

/** RECORD=1 keeps the answers for the ordinary tests. */
const keep = process.env['RECORD'] === '1'

describe.runIf(wanted())('against a real Redmine', () => {
  let folder: string
  let real: StartedRedmine
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linli-redmine-'))
    real = await startRedmine(folder)
  }, 600_000)
  afterAll(async () => {
    await stopRedmine(folder)
    await rm(folder, { recursive: true, force: true })
  })

  function stage(record: Exchange[]): Stage {
    return {
      redmine: ({ as = 'linli', ...change } = {}) =>
        withStateNames(
          createRedmine(
            { ...seeded, url: real.url, key: real.keys[as], ...change },
            recording(fetch, record),
          ),
        ),
      async people(who, method, path, issue) {
        const headers = { 'x-redmine-api-key': real.keys[who], 'content-type': 'application/json' }
        const body = issue ? { body: JSON.stringify({ issue }) } : {}
        const response = await fetch(`${real.url}${path}`, { method, headers, ...body })
        expect([201, 204], await response.text()).toContain(response.status)
      },
    }
  }

  test.each(scenarios)('$promise', async ({ name, play }) => {
    const record: Exchange[] = []
    await play(stage(record))
    if (keep) await writeFile(new URL(`../answers/${name}.jsonl`, import.meta.url), lines(record))
  })
})

/** One exchange a line. */
function lines(record: readonly Exchange[]): string {
  return record.map((exchange) => `${JSON.stringify(exchange)}\n`).join('')
}
