import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { serveLocally } from '../../adapters/local-socket/server.ts'
import { startHouse } from '../../bot/commands/open-house.ts'
import { loadConfig } from '../../bot/config.ts'
import { linli, ownDataFolder } from '../commands/terminal.ts'
import { livedThrough, openAt } from './neighbourhood.ts'

async function lived(): Promise<string> {
  const folder = join(await ownDataFolder(), 'data')
  const store = await openAt(folder)
  await livedThrough(store)
  await store.close()
  return folder
}

describe('linli ledger', () => {
  test('verify prints what it looked at and ends with 0; with a changed event it names the place and ends with 1', async () => {
    const folder = await lived()
    const well = await linli(['ledger', 'verify'])
    expect(well).toMatchObject({ status: 0, errors: '' })
    expect(well.out.at(-1)).toBe('✓ the ledger holds')
    expect(well.out[0]).toMatch(/^4 tickets, \d+ events, 1 forgotten, \d+ anchors, the last 2026-12-27-0001/)
    const store = await openAt(folder)
    const event = await store.get<{ id: string; version: number }>('ticketEvents', '20261226-002:1')
    await store.commit([
      { collection: 'ticketEvents', id: '20261226-002:1', put: { ...event, by: 'p-nobody' } as never },
    ])
    await store.close()
    const ill = await linli(['ledger', 'verify'])
    expect(ill.status).toBe(1)
    expect(ill.out[0]).toMatch(/^✗ 20261226-002 event 1 \(facts\): its hash does not fit/)
    expect(ill.out[1]).toMatch(/^ +the event was changed outside LinLi: keep a copy/)
    expect(JSON.parse((await linli(['ledger', 'verify', '--json'])).out[0] ?? '')).toMatchObject({
      faultCount: 1,
    })
  })

  test('show prints one ticket as lines, by its number as it is said', async () => {
    await lived()
    const shown = await linli(['ledger', 'show', '20261226-003'])
    expect(shown.out[0]).toMatch(/^2026-12-26 09:02 王阿姨报急/)
    expect((await linli(['ledger', 'show', '20261226-099'])).errors).toMatch(/no ticket 20261226-099/)
  })

  test('a night with a fire, replayed, leaves a ledger that verifies and a timeline that can be read', async () => {
    const data = join(await ownDataFolder(), 'data')
    expect((await linli(['replay', 'tests/transcripts/night-fire.jsonl', '--data', data])).status).toBe(0)
    expect(await linli(['ledger', 'verify', '--data', data])).toMatchObject({ status: 0 })
    const { out } = await linli(['ledger', 'show', '20261119-001'])
    expect(out[0]).toMatch(/^2026-11-19 02:14 冯女士报急：“4号楼三楼着火了/)
    const ladder = out.filter((line) => /(?<!充情况)通知/u.test(line) && !line.includes('预警'))
    expect(ladder.map((line) => line.slice(11, 16))).toEqual(['02:14', '02:16', '02:19', '02:24'])
    expect(ladder.at(-1)).toMatch(/第4次通知管理员陈主任（已送达）/)
  })

  test('anchor makes one, anchors lists it, and verify --anchor knows its hash and no other', async () => {
    await lived()
    const hash = /\b[\da-f]{64}\b/u.exec((await linli(['ledger', 'anchor'])).out[0] ?? '')?.[0] ?? ''
    expect((await linli(['ledger', 'anchors'])).out.join('\n')).toContain(hash)
    const known = await linli(['ledger', 'verify', '--anchor', hash])
    expect(known).toMatchObject({ status: 0 })
    expect(known.out.join('\n')).toMatch(/✓ the anchor is 20\d\d-/)
    const other = await linli(['ledger', 'verify', '--anchor', 'a'.repeat(64)])
    expect(other.status).toBe(1)
    expect((await linli(['ledger', 'verify', '--anchor', 'abc'])).errors).toMatch(/64 hexadecimal digits/)
    expect((await linli(['ledger', 'verify', '--from', '20261120'])).errors).toMatch(/for example 2026-11-20/)
  })

  test('verify --data looks at a backup without changing it, and says what is no backup', async () => {
    const folder = await lived()
    const target = join(folder, '..', 'backup')
    await linli(['backup', target])
    for (let time = 0; time < 2; time++)
      expect(await linli(['ledger', 'verify', '--data', target])).toMatchObject({ status: 0 })
    expect((await linli(['ledger', 'verify', '--data', join(folder, 'photos')])).errors).toMatch(
      /expected a backup or a data folder/,
    )
    expect((await linli(['ledger', 'verify', '--data', join(folder, 'none')])).errors).toMatch(
      /no such folder/,
    )
  })

  test('answers through a bot that runs, and doctor has a line about it', async () => {
    const folder = await lived()
    const root = projectRoot()
    const house = await startHouse({
      ...{
        root,
        config: loadConfig(root),
        warn: () => undefined,
        onLink: () => undefined,
        onEnd: () => undefined,
      },
    })
    const server = await serveLocally(folder, house.door, { onWarning: () => undefined })
    expect((await linli(['ledger', 'verify'])).out.at(-1)).toBe('✓ the ledger holds')
    expect((await linli(['doctor'])).out.join('\n')).toMatch(
      /ledger: the \d+ tickets that changed since yesterday hold/,
    )
    await server.close()
    await house.close()
  })
})
