import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openLowdbStore } from '../../../adapters/storage/lowdb/store.ts'
import { readOptions } from '../../../adapters/ticketing/redmine/options.ts'
import { createRedmine } from '../../../adapters/ticketing/redmine/redmine.ts'
import { theirStatus } from '../../../adapters/ticketing/redmine/states.ts'
import { execute } from '../../../bot/doors/execute.ts'
import { deliveryId } from '../../../bot/forwarding/delivery.ts'
import { schema } from '../../../bot/schema.ts'
import { openStage, type Stage } from '../../bot/stage.ts'
import { seeded } from '../a-ticket.ts'
import { killRedmine, type StartedRedmine, startRedmine, stopRedmine } from './redmine-process.ts'
import { wanted } from './wanted.ts'

/**
 * The real forwarding engine on a real journal, and a real Redmine that is killed with -9 while it creates and while it
 * changes issues, each time with a request under way, and started again with the same data.
 */

const count = 200
const minute = 60_000

let cleanUp: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

describe.runIf(wanted())('against a real Redmine', () => {
  test(
    `of ${count} tickets none is lost and none doubled though the server is killed twice, and all statuses agree`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'linli-redmine-'))
      cleanUp.push(() => rm(folder, { recursive: true, force: true }))
      const server = await mortalServer(join(folder, 'redmine'))
      const stage = await houseWith(join(folder, 'data'), server)
      const began = Date.now()

      const numbers: string[] = []
      for (let index = 0; index < count; index++) numbers.push(await open(stage, index))
      server.killAt('POST', 60)
      await drive(stage, () => allSettled(stage))
      expect(server.kills()).toBe(1)

      server.killAt('PUT', 50)
      for (const [index, number] of numbers.entries()) await work(stage, server, number, index)
      await drive(stage, () => allAgree(stage, server))
      expect(server.kills()).toBe(2)

      // each kill cut something off
      expect(server.failures()).toBeGreaterThanOrEqual(2)

      const issues = await allIssues(server)
      const tickets = await stage.all('tickets')
      const numbered = issues.map(({ number }) => number).filter((number) => number !== '')
      const disagreeing = tickets.filter(
        ({ id, state }) => statusIn(issues, id) !== theirStatus(settings, state),
      )
      const lost = numbers.filter((number) => !numbered.includes(number))
      const doubled = numbered.filter((number, index) => numbered.indexOf(number) !== index)
      const states = new Map<string, number>()
      for (const { state } of tickets) states.set(state, (states.get(state) ?? 0) + 1)
      console.log(
        `${count} tickets in ${Math.round((Date.now() - began) / 1000)} s: ${numbered.length} issues, lost ${lost.length}, ` +
          `doubled ${doubled.length}, disagreeing ${disagreeing.length}; killed ${server.kills()} times with requests under ` +
          `way, ${server.failures()} of ${server.requests()} requests failed; ` +
          [...states].map(([state, of]) => `${state} ${of}`).join(', '),
      )
      expect({ lost, doubled, disagreeing: disagreeing.map(({ id }) => id) }).toEqual({
        lost: [],
        doubled: [],
        disagreeing: [],
      })
      expect(tickets.length).toBe(count)
      expect([...states.keys()].sort()).toEqual(['declined', 'dispatched', 'done', 'handling'])
    },
    30 * minute,
  )
})

const settings = readOptions({ ...seeded, url: 'http://127.0.0.1', key: 'none' })

interface MortalServer {
  redmine(): StartedRedmine
  readonly fetch: typeof fetch
  /** Kills it while the n-th request of this kind from now on is under way, and starts it again a little later. */
  killAt(method: 'POST' | 'PUT', n: number): void
  kills(): number
  requests(): number
  failures(): number
}

async function mortalServer(folder: string): Promise<MortalServer> {
  let redmine = await startRedmine(folder)
  let revived: Promise<void> = Promise.resolve()
  let next: { readonly method: string; left: number } | undefined
  const counts = { kills: 0, requests: 0, failures: 0 }
  cleanUp.push(
    () => stopRedmine(folder),
    () => revived,
  )
  const kill = async () => {
    // in the middle of what Redmine does for a request: it takes some 100 ms
    await sleep(Math.random() * 100)
    await killRedmine(redmine)
    counts.kills += 1
    await sleep(1_000)
    redmine = await startRedmine(folder)
  }
  return {
    redmine: () => redmine,
    async fetch(input, init) {
      if (next && init?.method === next.method && --next.left === 0) {
        next = undefined
        revived = kill()
      }
      counts.requests += 1
      try {
        return await fetch(input, init)
      } catch (error) {
        counts.failures += 1
        throw error
      }
    },
    killAt(method, n) {
      next = { method, left: n }
    },
    kills: () => counts.kills,
    requests: () => counts.requests,
    failures: () => counts.failures,
  }
}

async function houseWith(folder: string, server: MortalServer): Promise<Stage> {
  const store = await openLowdbStore({ folder, schema })
  cleanUp.push(() => store.close())
  const { url, keys } = server.redmine()
  const tickets = createRedmine({ ...seeded, url, key: keys.linli, timeout: 10_000 }, server.fetch)
  const redmine = { name: 'redmine', tickets, personal: false, pollEvery: 30_000, alertGap: 0 }
  return openStage({
    store,
    forwarding: {
      forwarding: { systems: new Set(['redmine']), rules: [{ to: ['redmine'] }], alerts: [] },
      otherSystems: [redmine],
    },
  })
}

async function open(stage: Stage, index: number): Promise<string> {
  stage.clock.now = Date.now()
  const command = {
    ...{ type: 'ticket.open', category: index % 2 === 0 ? 'facilities' : 'sanitation' },
    ...{ text: `${index + 1}号楼门口的路灯不亮了`, where: `${index + 1}号楼` },
  }
  const { ticket } = await execute(stage.house, { kind: 'operator' }, `open-${index}`, command)
  return z.string().parse(ticket)
}

/** Each sixth of the tickets goes another way: here, there, or not at all. */
async function work(stage: Stage, server: MortalServer, ticket: string, index: number): Promise<void> {
  stage.clock.now = Date.now()
  const act = (type: string, more: object = {}) =>
    execute(stage.house, { kind: 'operator' }, `${type}-${ticket}`, { type, ticket, ...more })
  switch (index % 6) {
    case 0:
      return
    case 1:
      return void (await act('ticket.acknowledge'))
    case 2:
      return void (await act('ticket.done', { note: '已更换灯管😀' }))
    case 3:
      return void (await act('ticket.decline', { reason: '不属于本社区' }))
    case 4:
      await act('ticket.done', { note: '已修' })
      return void (await act('ticket.reopen', { reason: '没修好' }))
    default:
      return clerkResolves(stage, server, ticket)
  }
}

async function clerkResolves(stage: Stage, server: MortalServer, ticket: string): Promise<void> {
  const delivery = await stage.store.get('deliveries', deliveryId('redmine', ticket))
  const { remoteId } = z.object({ remoteId: z.string() }).parse(delivery)
  const { url, keys } = server.redmine()
  const response = await fetch(`${url}/issues/${remoteId}.json`, {
    method: 'PUT',
    headers: { 'x-redmine-api-key': keys.clerk, 'content-type': 'application/json' },
    body: JSON.stringify({ issue: { status_id: 3, notes: '电工已修好' } }),
  })
  expect(response.status).toBe(204)
}

/** Lets the engine do what is due, in real time, until all is as it should be. */
async function drive(stage: Stage, isThere: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 12 * minute; Date.now() < until; await sleep(200)) {
    stage.clock.now = Date.now()
    await stage.engine.runDue()
    if (await isThere()) return
  }
  throw new Error('it did not come to rest within 12 minutes')
}

async function allSettled(stage: Stage): Promise<boolean> {
  const deliveries = await stage.all('deliveries')
  return deliveries.length === count && deliveries.every(({ state }) => state === 'settled')
}

/** Also what the clerk did has come home. */
async function allAgree(stage: Stage, server: MortalServer): Promise<boolean> {
  if (!(await allSettled(stage))) return false
  const issues = await allIssues(server)
  const tickets = await stage.all('tickets')
  return tickets.every(({ id, state }) => statusIn(issues, id) === theirStatus(settings, state))
}

interface NumberedIssue {
  readonly number: string
  readonly status: string
}

const page = z.object({
  total_count: z.int(),
  issues: z.array(
    z.object({
      status: z.object({ name: z.string() }),
      custom_fields: z.array(z.object({ value: z.string().nullish() })),
    }),
  ),
})

/** Read on its own, not by the adapter: every issue of the project, with whatever is in its field. */
async function allIssues(server: MortalServer): Promise<readonly NumberedIssue[]> {
  const { url, keys } = server.redmine()
  const found: NumberedIssue[] = []
  for (let total = 1, offset = 0; offset < total; offset += 100) {
    const response = await fetch(
      `${url}/issues.json?project_id=xingfu&status_id=*&limit=100&offset=${offset}`,
      {
        headers: { 'x-redmine-api-key': keys.chief },
      },
    )
    const { issues, total_count: all } = page.parse(await response.json())
    total = all
    for (const {
      status,
      custom_fields: [field],
    } of issues)
      found.push({ number: field?.value ?? '', status: status.name })
  }
  return found
}

function statusIn(issues: readonly NumberedIssue[], number: string): string | undefined {
  return issues.find((issue) => issue.number === number)?.status
}
