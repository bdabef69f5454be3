import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { verifyLedger } from '../../bot/ledger/verify-ledger.ts'
import { fold } from '../../tickets/fold.ts'
import { openStage, type Stage } from '../bot/stage.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { erase, openAt, operator } from './neighbourhood.ts'

const keep = 3 * 365 * 86_400_000

async function reported(store?: Parameters<typeof openStage>[0]): Promise<{ stage: Stage; id: string }> {
  const stage = await openStage(store)
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hear('石女士', '@小邻 3号楼2单元501门口的路灯坏了，我电话13812345678', { photo: 'lamp.jpg' })
  await stage.hear('石女士', '@小邻 补充一下，是3号楼2单元501，三天了')
  await stage.hear('马叔', '3号楼2单元的路灯坏了')
  await stage.hear('网格员小赵', '#办结 1118-001 已上门换了灯泡')
  await stage.wait(60)
  return { stage, id: (await stage.personNamed('石女士')).id }
}

describe('a person who is erased', () => {
  test('leaves a ledger that verifies, with a record of who took out which words', async () => {
    const { stage, id } = await reported()
    await erase(stage, id)
    const { documents: events } = await stage.store.find<{ id: string }>('ticketEvents')
    expect(stage.events.at(-1)).toMatchObject({ type: 'erased', by: 'operator', ticket: '20261118-001' })
    expect(await verifyLedger(stage.store, { keep })).toMatchObject({ faults: [], tickets: 1 })
    expect(JSON.stringify(events)).not.toMatch(/"room"|13812345678|lamp\.jpg|三天了/)
  })

  test('takes the salt along, so that nobody can try out what the words were', async () => {
    const { stage, id } = await reported()
    await erase(stage, id)
    const erased = stage.events.at(-1)
    const sequences = erased?.type === 'erased' ? erased.sequences : []
    for (const event of await stage.all('ticketEvents'))
      expect('salt' in event, event.id).toBe(!sequences.includes(event.sequence))
  })

  test('leaves a ticket that is the fold of its events, with the building and without the room', async () => {
    const { stage, id } = await reported()
    await erase(stage, id)
    const [ticket] = await stage.all('tickets')
    const { documents } = await stage.store.find<never>('ticketEvents', {
      where: { ticket: '20261118-001' },
      order: 'sequence',
    })
    const { version: _, ...kept } = ticket ?? { version: 0 }
    expect(fold(documents)).toEqual(kept)
    expect(ticket).toMatchObject({
      place: { building: '3', unit: '2' },
      photos: [],
      note: '已上门换了灯泡',
    })
    expect(ticket?.text).toMatch(/^（已删除）(\n（已删除）)*$/)
  })

  test('leaves the words of others alone: a second erasure takes only theirs, and all still verifies', async () => {
    const { stage, id } = await reported()
    await stage.hear('马叔', '@小邻 不满意，还是不亮')
    await erase(stage, (await stage.personNamed('马叔')).id)
    expect((await stage.all('tickets'))[0]?.text).toContain('501')
    await erase(stage, id)
    await stage.change('people', 'p-网格员小赵', { role: 'resident' })
    await erase(stage, 'p-网格员小赵')
    expect((await verifyLedger(stage.store, { keep })).faults).toEqual([])
    expect((await stage.all('tickets'))[0]?.messages).toEqual([])
  })

  test('is gone from what staff were sent about them, too', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('王阿姨', '11号楼1单元302电梯困人了，我电话13812345678')
    await stage.wait(400)
    expect(JSON.stringify(await stage.all('outbox'))).toContain('13812345678')
    await erase(stage, (await stage.personNamed('王阿姨')).id)
    expect(JSON.stringify(await stage.all('outbox'))).not.toMatch(/13812345678|王阿姨/)
  })

  test('is asked for by an admin only', async () => {
    const { stage, id } = await reported()
    const worker = { kind: 'person', id: 'p-网格员小赵' } as const
    await expect(execute(stage.house, worker, 'x', { type: 'person.erase', person: id })).rejects.toThrow(
      'admin',
    )
    const admin = { kind: 'person', id: await stage.hire('管理员', 'admin') } as const
    await execute(stage.house, admin, 'y', { type: 'person.erase', person: id })
    expect(stage.events.at(-1)).toMatchObject({ type: 'erased', by: admin.id })
  })

  test('is in no file of the store once it was compacted', async () => {
    const folder = await temporaryFolder()
    const store = await openAt(folder)
    const { stage, id } = await reported({ store })
    await erase(stage, id)
    await store.compact()
    for (const name of await readdir(folder))
      expect(await readFile(join(folder, name), 'utf8'), name).not.toMatch(/13812345678|三天了|lamp\.jpg/)
    await store.close()
  })

  test('keeps no hash of theirs that fits after somebody wrote other words in their place', async () => {
    const { stage, id } = await reported()
    await erase(stage, id)
    await stage.change('ticketEvents', '20261118-001:1', { text: '从来没有坏过' } as never)
    const { faults } = await verifyLedger(stage.store, { keep })
    expect(faults).toMatchObject([{ place: '20261118-001', event: 1, field: 'words' }])
  })
})

test('an erasure without tickets, asked twice, changes nothing the second time', async () => {
  const stage = await openStage()
  await stage.hear('小谢', '大家早上好')
  const { id } = await stage.personNamed('小谢')
  expect(await erase(stage, id)).toMatchObject({ messages: 1, tickets: 0 })
  expect(await execute(stage.house, operator, 'again', { type: 'person.erase', person: id })).toMatchObject({
    messages: 0,
  })
})
