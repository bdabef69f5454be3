/**
 * Usage: npx tsx tests/reports/measure-export.ts [TICKETS]. Exports a ledger of 100,000 tickets to all formats, page by
 * page, and prints how the memory of the process and its longest pause behave; nothing may grow with the rows.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { createLedgerFile, ledgerFormats } from '../../adapters/reports/ledger-file.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { houseWithoutLore } from '../../bot/commands/quiet-lore.ts'
import { query } from '../../bot/doors/query.ts'
import { defaultSettings } from '../../bot/house.ts'
import { type LedgerPage, ledgerColumns } from '../../bot/reports/ledger-rows.ts'
import { schema } from '../../bot/schema.ts'
import { lifeOf } from './histories.ts'

const tickets = Number(process.argv[2] ?? 100_000)
const widths = ledgerColumns.map(() => 16)
const store = openMemoryStore(schema)
const house = houseWithoutLore({
  ...{
    store,
    photos: { save: async (name) => ({ name, file: name }) },
    settings: defaultSettings,
    chats: [],
  },
  ...{ now: Date.now, random: () => 0.5, salt: () => 'salt', observe: () => undefined },
  ...(await loadPlainLore(projectRoot(), undefined)),
})
await seed()
const folder = await mkdtemp(join(tmpdir(), 'linli-measure-'))
for (const format of ledgerFormats) await measure(format)
await rm(folder, { recursive: true, force: true })

async function seed(): Promise<void> {
  const first = Date.parse('2024-01-01T00:00:00+08:00')
  for (let at = 0; at < tickets; at += 1_000) {
    const some = Array.from({ length: Math.min(1_000, tickets - at) }, (_, more) => {
      const { ticket } = lifeOf({
        ...{
          openedAt: first + (at + more) * 900_000,
          number: at + more,
          group: null,
          category: more,
          urgency: 0,
        },
        ...{
          due: 72,
          place: { building: String(more % 40), room: '301' },
          text: `楼道灯不亮，我家301室，第${more}次说了`,
        },
        steps: [0, 1, 1].map((choice) => ({ choice, hours: 3 })),
      })
      return { collection: 'tickets', id: ticket.id, put: ticket }
    })
    await store.commit(some)
  }
}

async function measure(format: (typeof ledgerFormats)[number]): Promise<void> {
  const path = join(folder, `out.${format}`)
  const file = await createLedgerFile({ path, format, columns: ledgerColumns, widths, replace: false })
  const before = megabytes()
  const begun = performance.now()
  let [rows, peak, longest, cursor] = [0, before, 0, undefined as string | undefined]
  do {
    const asked = performance.now()
    const request = { type: 'ledger.rows', ...(cursor !== undefined && { cursor }) }
    const [page] = (await query(house, { kind: 'operator' }, request)) as LedgerPage[]
    longest = Math.max(longest, performance.now() - asked)
    await file.add(page?.rows ?? [])
    rows += page?.rows.length ?? 0
    peak = Math.max(peak, megabytes())
    cursor = page?.next
  } while (cursor !== undefined)
  await file.finish()
  const size = ((await stat(path)).size / 1e6).toFixed(1)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const longestPage = longest.toFixed(0)
  process.stdout.write(
    `${format}: ${rows} rows, ${size} MB in ${seconds} s; memory ${before} MB before, ${peak} MB at most; longest page ${longestPage} ms\n`,
  )
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 1e6)
}
