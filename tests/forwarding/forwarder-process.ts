/**
 * A bot without a messenger that opens tickets and forwards them, until it is killed: FOLDER CITY-URL HOW-MANY.
 * Prints the number of each ticket whose commit resolved, and `idle` when all of them are over there.
 */
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { forwardingSchema, rulesOf } from '../../adapters/ticketing/settings.ts'
import { openSystems } from '../../adapters/ticketing/systems.ts'
import { houseWithoutLore } from '../../bot/commands/quiet-lore.ts'
import { decideAndCommit } from '../../bot/commit.ts'
import type { Delivery } from '../../bot/forwarding/delivery.ts'
import { type CategoryTable, defaultSettings } from '../../bot/house.ts'
import { createLiveBot } from '../../bot/live.ts'
import type { TicketChange } from '../../bot/outcome.ts'
import { schema } from '../../bot/schema.ts'
import { parseTexts } from '../../bot/texts.ts'
import type { TicketFact } from '../../tickets/event.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { citySecret } from './city.ts'

const [folder = '', url = '', wanted = '0'] = process.argv.slice(2)
const yaml = (path: string) => parse(readFileSync(join(projectRoot(), path), 'utf8')) as unknown
const texts = parseTexts(yaml('bot/texts.yaml'))
const settings = forwardingSchema.parse({
  systems: { city: { kind: 'webhook', url: `${url}/tickets`, secretEnv: 'LINLI_SECRET_CITY' } },
  rules: [{ to: ['city'] }],
})
const store = await openLowdbStore({ folder, schema, onWarning: () => undefined })
const house = houseWithoutLore({
  ...{ store, texts, chats: [], things: [], observe: () => undefined },
  categories: yaml('tickets/categories.yaml') as CategoryTable,
  calendar: createWorkingCalendar(),
  settings: { ...defaultSettings, scheduledDuties: false },
  photos: { save: async () => Promise.reject(new Error('no photos here')) },
  ...{ now: Date.now, random: Math.random, salt: () => String(Math.random()) },
  forwarding: rulesOf(settings),
  otherSystems: await openSystems(settings, {
    ...{ secrets: { LINLI_SECRET_CITY: citySecret }, texts, now: Date.now, sleep },
  }),
})
const bot = createLiveBot(house, { onFailure: (error) => writeSync(2, `${String(error)}\n`) })
await bot.start()
for (let count = await store.count('tickets'); count < Number(wanted); count++) {
  const id = `20261118-${String(count + 1).padStart(3, '0')}`
  await open(id)
  // synchronous: what is acknowledged must be in the pipe before the kill
  writeSync(1, `${id}\n`)
  await sleep(5)
}
while (!(await isSettled())) await sleep(20)
writeSync(1, 'idle\n')
await bot.stop()
await store.close()

async function open(ticket: string): Promise<void> {
  const opened: TicketFact = {
    ...{
      type: 'opened',
      group: null,
      category: 'facilities',
      urgency: 'normal',
      place: null,
      text: '电梯坏了',
    },
    ...{ photos: [], department: '物业', deadline: Date.now() + 9e8, yellowAt: Date.now() + 8e8 },
  }
  const facts: readonly TicketChange[] = [
    { ticket, by: 'p-1', fact: opened },
    { ticket, by: 'bot', fact: { type: 'dispatched', department: '物业' } },
  ]
  const cause = { id: `open/${ticket}`, group: null, lines: [] }
  await decideAndCommit(house, async () => ({ cause, outcome: { facts } }))
}

async function isSettled(): Promise<boolean> {
  const { documents } = await store.find<Delivery>('deliveries', { limit: 10_000 })
  return documents.length === Number(wanted) && documents.every(({ state }) => state === 'settled')
}
