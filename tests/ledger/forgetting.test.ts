import { expect, test } from 'vitest'
import { verifyLedger } from '../../bot/ledger/verify-ledger.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { openStage } from '../bot/stage.ts'
import { livedThrough } from './neighbourhood.ts'

test('a ticket whose time is over goes with its words, and leaves a record that the next anchor names', async () => {
  const stage = await livedThrough()
  const [record] = await stage.all('forgottenTickets')
  expect(record).toMatchObject({ id: '20261116-001', keep: 30 * day })
  const left = JSON.stringify([
    await stage.all('tickets'),
    await stage.all('ticketEvents'),
    await stage.all('inbox'),
  ])
  expect(left).not.toContain('5号楼2单元的灯')
  expect(await stage.all('ticketPeople')).not.toContainEqual(
    expect.objectContaining({ ticket: '20261116-001' }),
  )
  const naming = (await stage.all('anchors')).filter(({ forgotten }) => forgotten.length > 0)
  expect(naming).toMatchObject([{ forgotten: [['20261116-001', record?.sequence, expect.any(String)]] }])
  expect((await verifyLedger(stage.store, { keep: 30 * day })).faults).toEqual([])
})

test('a rule that was changed later does not make the forgetting of before look like tampering', async () => {
  const stage = await livedThrough()
  expect((await verifyLedger(stage.store, { keep: 3 * 365 * day })).faults).toEqual([])
})

test('what staff said to an alert is kept as long as the ticket that it answered', async () => {
  const keep = { chatter: 7 * day, tickets: 30 * day, audit: 30 * day }
  const stage = await openStage({ settings: { keep } })
  await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: stage.clock.now + day })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hear('王阿姨', '11号楼1单元电梯困人了，快来人！')
  await stage.hear('网格员小赵', '我在楼下，马上到')
  await stage.runUntil(stage.clock.now + 20 * day)
  expect((await stage.all('inbox')).map(({ text }) => text)).toEqual(
    expect.arrayContaining(['我在楼下，马上到', '11号楼1单元电梯困人了，快来人！']),
  )
  expect((await verifyLedger(stage.store, { keep: keep.tickets })).faults).toEqual([])
})

test('a message that led to two tickets is kept until the second of them is forgotten', async () => {
  const stage = await livedThrough()
  const tickets = await stage.all('tickets')
  const [first, second] = tickets
  const shared = first?.messages[0] ?? ''
  const entry = await stage.store.get<{ id: string; version: number }>('inbox', shared)
  expect(entry).toMatchObject({ tickets: [first?.id], forgetAt: null })
  await stage.change('inbox', shared, { tickets: [first?.id ?? '', second?.id ?? ''] })
  await stage.change('tickets', first?.id ?? '', { state: 'closed', lastEventAt: stage.clock.now - 31 * day })
  await stage.runUntil(stage.clock.now + day)
  expect(await stage.store.get('tickets', first?.id ?? '')).toBeUndefined()
  expect(await stage.store.get('inbox', shared)).toMatchObject({ tickets: [second?.id] })
})
