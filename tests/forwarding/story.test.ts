import { expect, test } from 'vitest'
import { ownerOf } from '../../tickets/ticket.ts'
import { openCity } from './city.ts'
import { deliveryTo, openForwardingStage, toCity } from './forwarding-stage.ts'

test('a complaint goes to the city, comes back done, and the residents have the last word', async () => {
  const city = await openCity()
  const stage = await openForwardingStage(toCity(city))
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('管理员老孙', 'admin')

  // a resident says it; the city has it a moment later
  await stage.hear('石女士', '3号楼2单元电梯坏了')
  expect([...city.kept.keys()]).toEqual(['20261118-001'])
  expect(city.kept.get('20261118-001')?.ticket).toMatchObject({
    ...{ number: '20261118-001', state: 'dispatched', category: 'facilities', categoryName: '公共设施' },
    ...{ title: '3号楼2单元电梯问题', text: '3号楼2单元电梯坏了', place: '3号楼2单元', department: '物业' },
    deadline: '2026-11-23T18:00:00.000+08:00',
  })
  expect(await deliveryTo(stage)).toMatchObject({ state: 'settled', remoteId: 'C1', differences: [] })
  expect((await stage.all('tickets'))[0]?.forwarded).toEqual([
    { system: 'city', remoteId: 'C1', url: `${city.url}/case/C1` },
  ])
  expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'forwarded'])

  // the city begins to work: our ticket does, too
  const remote = city.kept.get('20261118-001')
  Object.assign(remote ?? {}, { status: '处理中', updatedAt: '2026-11-18T09:30:00+08:00' })
  await stage.runUntil(Date.parse('2026-11-18T09:45:00+08:00'))
  expect(stage.eventTypes.slice(3)).toEqual(['acknowledged', 'handling'])
  expect(stage.events.at(-1)?.by).toBe('system/city')
  // the city has it, and a person of ours still answers for it
  expect(ownerOf((await stage.all('tickets'))[0] ?? {})).toBe('p-网格员小赵')

  // the city is done: the reporter is asked, nothing is closed yet
  Object.assign(remote ?? {}, {
    status: '已办结',
    note: '已更换门机',
    updatedAt: '2026-11-18T11:00:00+08:00',
  })
  await stage.runUntil(Date.parse('2026-11-18T11:15:00+08:00'))
  expect(stage.eventTypes.slice(5)).toEqual(['done'])
  expect(stage.saidTo().at(-1)).toContain('已更换门机')
  expect((await stage.all('tickets'))[0]?.state).toBe('done')

  // not good enough: it is open again here, and over there
  await stage.hear('石女士', '@小邻 不满意，还是坏的')
  expect(stage.eventTypes).toContain('reopened')
  expect(remote?.ticket['state']).toBe('dispatched')
  expect(remote?.status).toBe('已派单')

  // a second time done, and now it is well: closed here, and told to the city
  Object.assign(remote ?? {}, {
    status: '已办结',
    note: '换了整扇门',
    updatedAt: '2026-11-18T15:00:00+08:00',
  })
  await stage.runUntil(Date.parse('2026-11-18T15:15:00+08:00'))
  await stage.hear('石女士', '@小邻 满意')
  expect((await stage.all('tickets'))[0]?.state).toBe('closed')
  expect(remote?.ticket['state']).toBe('closed')
  expect(await deliveryTo(stage)).toMatchObject({ state: 'settled', live: false, differences: [] })

  // after that nobody is asked any more
  const { calls } = city
  await stage.wait(3_600)
  expect(city.calls).toBe(calls)
  expect(city.kept.size).toBe(1)
})
