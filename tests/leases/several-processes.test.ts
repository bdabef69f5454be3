import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { AccountLink } from '../../bot/accounts/account-documents.ts'
import type { InboxEntry } from '../../bot/documents.ts'
import { type District, groupOf, openDistrict, until } from './district.ts'

const accounts = ['east', 'south', 'west', 'north']
/** The promise is 15 s; a machine that does other things at the same time gets as much again. */
const slack = 30_000

let building = 0
/** Each is another problem: each opens a ticket of its own, and is answered once. */
const nextProblem = () => `${++building}号楼的电梯坏了`

async function upSince(district: District, account: string, since: number): Promise<number | undefined> {
  const link = (await district.all('accountLinks')).find(({ id }) => id === account) as
    | AccountLink
    | undefined
  return link?.state === 'up' && link.since > since ? link.since : undefined
}

/** Every line that was durable is decided and opened one ticket, and every answer went out. */
async function assertAllDone(district: District): Promise<void> {
  let open: readonly object[] = []
  const lines = await until(
    () => `every line is decided and every answer is out: ${JSON.stringify(open)}`,
    async () => {
      const inbox = (await district.all('inbox')) as readonly InboxEntry[]
      const waiting = inbox.filter(({ state }) => state !== 'done')
      open = [...waiting, ...(await district.all('outbox')).filter(({ state }) => state === 'queued')]
      return open.length === 0 && inbox
    },
  )
  const tickets = await district.all('tickets')
  expect(tickets.map(({ text }) => text).sort()).toEqual(lines.map(({ text }) => text).sort())
  const said = await district.all('outbox')
  expect(new Set(said.map(({ state }) => state))).toEqual(new Set(['confirmed']))
}

test('4 processes share 4 accounts, and what one of them was doing goes on after kill -9', async () => {
  const district = await openDistrict(accounts)
  const bots = new Map(accounts.map((account) => [account, district.start([account])]))
  await Promise.all([...bots].map(([account, bot]) => bot.up(account)))

  for (let round = 0; round < 5; round++)
    for (const account of accounts) await district.say(account, nextProblem())
  // in the middle of it: some is decided, some is not
  await wait(700)
  const killedAt = Date.now()
  await bots.get('west')?.end('SIGKILL')
  const since = await until('west is up again elsewhere', () => upSince(district, 'west', killedAt), slack)
  console.log(`kill -9: account west was up again in another process after ${(since - killedAt) / 1000} s`)
  expect(since - killedAt).toBeLessThan(slack)

  for (const account of accounts) await district.say(account, nextProblem())
  await until('the line after the takeover is heard', async () => {
    const heard = await district.all('inbox')
    return accounts.every((account) =>
      heard.some(({ group, text }) => group === groupOf(account) && Number.parseInt(text, 10) > 20),
    )
  })
  await assertAllDone(district)
  for (const account of accounts) {
    const sent = await district.sent(account)
    const replies = (await district.all('outbox')).filter((each) => each.account === account)
    expect(replies.length, account).toBeGreaterThan(0)
    // a reply that was under way when its process was killed may be said again, and only that
    const allowed = account === 'west' ? replies.length + 1 : replies.length
    expect(sent.length, account).toBeGreaterThanOrEqual(replies.length)
    expect(sent.length, account).toBeLessThanOrEqual(allowed)
  }
}, 480_000)

test('a process that was paused and wakes up changes and says nothing of what another one has taken over', async () => {
  const district = await openDistrict(['east', 'south'])
  const [paused, other] = [district.start(['east']), district.start(['south'])]
  await Promise.all([paused.up('east'), other.up('south')])
  await district.say('east', nextProblem())
  await until('the line is heard', async () => (await district.all('inbox')).length === 1)
  const pausedAt = Date.now()
  paused.signal('SIGSTOP')
  // its connection to the gateway is as half-open as that of a machine that hangs: the account is taken all the same
  await until(
    'the lease has changed hands',
    async () =>
      (await district.all('fences')).some(
        ({ id, version }: { id: string; version?: number }) => id === 'account/east' && version === 2,
      ),
    slack,
  )
  console.log(`SIGSTOP: the lease of account east changed hands after ${(Date.now() - pausedAt) / 1000} s`)
  paused.signal('SIGCONT')
  await until('it has noticed', async () => /lost account\/east/u.test(paused.said()) || undefined)
  await until('east is up elsewhere', () => upSince(district, 'east', pausedAt))
  await district.say('east', nextProblem())
  await until('the second line is heard', async () => (await district.all('inbox')).length === 2)
  await assertAllDone(district)
  expect(await district.sent('east')).toHaveLength((await district.all('outbox')).length)
  expect(await paused.end('SIGTERM')).toBe(0)
}, 480_000)

test('a process that stops lets go: another one has its account within moments', async () => {
  const district = await openDistrict(['east', 'south'])
  const [east, south] = [district.start(['east', 'south']), district.start(['south', 'east'])]
  await Promise.all([east.ready, south.ready])
  await until(
    'both are up',
    async () => (await upSince(district, 'east', 0)) && (await upSince(district, 'south', 0)),
  )
  const stoppedAt = Date.now()
  expect(await east.end('SIGTERM')).toBe(0)
  for (const account of ['east', 'south'])
    await until(`${account} is up`, async () => {
      const link = (await district.all('accountLinks')).find(({ id }) => id === account)
      const lease = (await district.all('leases')).find(({ id }) => id === `account/${account}`)
      return link?.state === 'up' && lease?.holder !== null
    })
  console.log(`a clean stop: both accounts were up elsewhere after ${(Date.now() - stoppedAt) / 1000} s`)
  await district.say('east', nextProblem())
  await until('the line is heard', async () => (await district.all('inbox')).length === 1)
  await assertAllDone(district)
  expect(await south.end('SIGTERM')).toBe(0)
}, 480_000)
