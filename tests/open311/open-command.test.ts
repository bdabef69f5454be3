import { beforeEach, describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { tokenOf } from '../../bot/doors/published/token.ts'
import { defaultSettings } from '../../bot/house.ts'
import { verifyLedger } from '../../bot/ledger/verify-ledger.ts'
import { openStage, type Stage } from '../bot/stage.ts'

/** Opening and erasing a ticket by command: what other systems, staff at a desk and the operator may do. */

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const operator = { kind: 'operator' } as const
const system = { kind: 'system', name: 'city-app' } as const
const lift = { type: 'ticket.open', category: 'facilities', text: '电梯坏了', where: '11号楼1单元' }

describe('opening', () => {
  test('gives it a number, a department and a deadline, as if it had been said in chat', async () => {
    const result = await execute(stage.house, system, 'c1', lift)
    expect(result).toMatchObject({ ticket: '20261118-001', department: '物业', emergency: false })
    expect(stage.eventTypes.slice(0, 2)).toEqual(['opened', 'dispatched'])
    const [ticket] = await stage.all('tickets')
    expect(ticket).toMatchObject({
      reporter: 'system/city-app',
      state: 'dispatched',
      text: '电梯坏了\n11号楼1单元',
    })
  })

  test('is for grid workers and above, systems and the operator; the same id opens one', async () => {
    await stage.hire('赵强', 'grid_worker')
    await stage.hire('钱进', 'volunteer')
    const by = (name: string) => ({ kind: 'person', id: `p-${name}` }) as const
    await expect(execute(stage.house, by('钱进'), 'c1', lift)).rejects.toMatchObject({ code: 'authority' })
    await execute(stage.house, by('赵强'), 'c2', lift)
    await execute(stage.house, operator, 'c3', lift)
    await execute(stage.house, operator, 'c3', lift)
    expect(await stage.all('tickets')).toHaveLength(2)
  })

  test('of a problem that was closed lately is marked as having come back', async () => {
    await execute(stage.house, system, 'c1', lift)
    await execute(stage.house, operator, 'c2', {
      type: 'ticket.done',
      ticket: '20261118-001',
      note: '已修好',
    })
    await stage.wait(3_600)
    await execute(stage.house, system, 'c3', lift)
    expect(stage.events.find(({ type }) => type === 'recurred')).toMatchObject({ earlier: '20261118-001' })
  })

  test.each([
    ['no words', { ...lift, text: ' ' }],
    ['no category of ours', { ...lift, category: 'potholes' }],
    ['a field that nobody knows', { ...lift, urgency: 'emergency' }],
  ])('with %s is refused', async (_, command) => {
    await expect(execute(stage.house, operator, 'c1', command)).rejects.toMatchObject({ name: 'ZodError' })
    expect(await stage.all('tickets')).toEqual([])
  })
})

describe('erasing a report that came through another system', () => {
  test('takes words, contact and room, ends its token, and leaves the ticket and its chain whole', async () => {
    const text = '我是李桂芳，低保停了\n回访联系：李桂芳 13800138000'
    const told = { ...lift, category: 'welfare', text, where: '6号楼2单元301室' }
    await execute(stage.house, system, 'c1', told)
    expect(await tokenOf(stage.house, '20261118-001')).toMatch(/^20261118001-/u)
    await execute(stage.house, operator, 'c2', { type: 'ticket.erase', ticket: '20261118-001' })
    const [ticket] = await stage.all('tickets')
    expect(ticket).toMatchObject({
      state: 'dispatched',
      text: '（已删除）',
      place: { building: '6', unit: '2' },
    })
    expect(JSON.stringify([ticket, await stage.all('ticketEvents')])).not.toMatch(/李桂芳|13800138000|301/u)
    expect(await tokenOf(stage.house, '20261118-001')).toBeUndefined()
    const keep = defaultSettings.keep.tickets
    expect((await verifyLedger(stage.store, { keep })).faults).toEqual([])
  })

  test('takes the alerts that quoted it along', async () => {
    await stage.hire('赵强', 'grid_worker')
    await stage.hire('钱进', 'grid_leader')
    const fire = { ...lift, category: 'safety', text: '5号楼着火了，我是李桂芳', where: '' }
    await execute(stage.house, system, 'open311/city-app/x', fire)
    await stage.wait(300)
    const quoted = async () => JSON.stringify(await stage.all('outbox')).match(/李桂芳/gu)?.length ?? 0
    expect(await quoted()).toBeGreaterThan(1)
    await execute(stage.house, operator, 'c2', { type: 'ticket.erase', ticket: '20261118-001' })
    expect(await quoted()).toBe(0)
  })

  test('is for admins, and for reports of systems alone', async () => {
    await execute(stage.house, system, 'c1', lift)
    const erase = { type: 'ticket.erase', ticket: '20261118-001' }
    await expect(execute(stage.house, system, 'c2', erase)).rejects.toMatchObject({ code: 'authority' })
    await stage.hear('甲', '3号楼2单元路灯不亮', { mentioned: true })
    const other = { type: 'ticket.erase', ticket: '20261118-002' }
    await expect(execute(stage.house, operator, 'c3', other)).rejects.toMatchObject({ code: 'unlawful' })
    const none = { type: 'ticket.erase', ticket: '20201118-002' }
    await expect(execute(stage.house, operator, 'c4', none)).rejects.toMatchObject({ code: 'unknown' })
  })
})
