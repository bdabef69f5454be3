import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { defaultGroup, instant, openStage, type Stage } from './stage.ts'

const operator = { kind: 'operator' } as const
const report = '3号楼2单元501的门口路灯坏了，电话13812345678，路灯不亮'

async function openWithResident(): Promise<{ stage: Stage; id: string }> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('管理员', 'admin')
  await stage.hear('石女士', `@小邻 ${report}`)
  await stage.hear('石女士', '', { photo: 'lamp.jpg' })
  await stage.hear('石女士', '@小邻 请问养鸽子要办什么证')
  return { stage, id: (await stage.personNamed('石女士')).id }
}

function person(id: string) {
  return { kind: 'person', id } as const
}

describe('authority comes from the roster', () => {
  test('a resident may change nothing and ask nothing', async () => {
    const { stage, id } = await openWithResident()
    const group = (await stage.groupNamed()).id
    const commands = [
      { type: 'ticket.acknowledge', ticket: '20261118-001' },
      { type: 'ticket.done', ticket: '20261118-001', note: '好了' },
      { type: 'group.set', group, setting: 'listen' },
      { type: 'group.bind', name: '新群' },
      { type: 'roster.add', name: '我', role: 'admin' },
      { type: 'roster.remove', person: 'p-网格员小赵' },
      { type: 'place.add', name: '我家', kind: 'grid', parent: null },
      { type: 'person.erase', person: id },
      { type: 'question.answer', question: 'Q1', text: '不用办证' },
      { type: 'question.revise', question: 'Q1', text: '不用办证' },
      { type: 'question.withdraw', question: 'Q1' },
      { type: 'question.dismiss', question: 'Q1' },
    ]
    for (const command of commands)
      await expect(execute(stage.house, person(id), command.type, command)).rejects.toMatchObject({
        code: 'authority',
      })
    for (const type of ['tickets', 'roster', 'groups', 'places', 'questions', 'status'])
      await expect(query(stage.house, person(id), { type })).rejects.toMatchObject({ code: 'authority' })
    for (const request of [
      { type: 'person.export', person: id },
      { type: 'ticket', ticket: '20261118-001' },
    ])
      await expect(query(stage.house, person(id), request)).rejects.toMatchObject({ code: 'authority' })
    expect(await stage.all('audit')).toEqual([])
  })

  test('a grid worker works on tickets, and is no admin', async () => {
    const { stage, id } = await openWithResident()
    const worker = person('p-网格员小赵')
    await execute(stage.house, worker, 'a', { type: 'ticket.acknowledge', ticket: '20261118-001' })
    expect(stage.eventTypes.slice(-2)).toEqual(['acknowledged', 'handling'])
    await expect(
      execute(stage.house, worker, 'b', { type: 'person.erase', person: id }),
    ).rejects.toMatchObject({ code: 'authority' })
    await expect(query(stage.house, worker, { type: 'person.export', person: id })).rejects.toMatchObject({
      code: 'authority',
    })
  })

  test('somebody unknown has no role', async () => {
    const { stage } = await openWithResident()
    await expect(query(stage.house, person('p-nobody'), { type: 'tickets' })).rejects.toThrow('has none')
  })
})

describe('a command happens once', () => {
  test('asked again under the same id it gives the first result, and changes nothing more', async () => {
    const { stage } = await openWithResident()
    const command = { type: 'roster.add', name: '网格员小李', role: 'grid_worker' }
    const first = await execute(stage.house, operator, 'same', command)
    const second = await execute(stage.house, operator, 'same', command)
    expect(second).toEqual(first)
    expect((await stage.all('people')).filter(({ name }) => name === '网格员小李')).toHaveLength(1)
    expect(await stage.all('audit')).toMatchObject([{ id: 'same', actor: 'operator', command: 'roster.add' }])
  })

  test('two that come at the same instant are one', async () => {
    const { stage } = await openWithResident()
    const command = { type: 'ticket.done', ticket: '20261118-001', note: '换了灯泡' }
    await Promise.all([
      execute(stage.house, operator, 'same', command),
      execute(stage.house, operator, 'same', command),
    ])
    expect(stage.eventTypes.filter((type) => type === 'done')).toHaveLength(1)
  })

  test('an id that somebody guesses does not give away the code that another was told', async () => {
    const { stage, id } = await openWithResident()
    const command = { type: 'roster.add', name: '网格员小李', role: 'grid_worker' }
    await execute(stage.house, operator, 'same', command)
    await expect(execute(stage.house, person(id), 'same', command)).rejects.toMatchObject({
      code: 'authority',
    })
  })

  test('what is not lawful, not known or not well formed is refused, and leaves no trace', async () => {
    const { stage } = await openWithResident()
    const done = { type: 'ticket.done', ticket: '20261118-001', note: '换了灯泡' }
    await execute(stage.house, operator, 'a', done)
    const refused = [
      [done, 'ticket 20261118-001 is done'],
      [{ ...done, ticket: '20261118-099' }, 'no ticket 20261118-099'],
      [{ ...done, note: '' }, 'note'],
      [{ type: 'format.disk' }, 'type'],
    ] as const
    for (const [command, message] of refused)
      await expect(execute(stage.house, operator, 'b', command)).rejects.toThrow(message)
    expect(await stage.all('audit')).toHaveLength(1)
  })
})

describe('a person’s data', () => {
  test('is exported whole: words, tickets, questions, links', async () => {
    const { stage, id } = await openWithResident()
    const rows = await query(stage.house, person('p-管理员'), { type: 'person.export', person: id })
    const collections = new Set(rows.map((row) => ('collection' in row ? row.collection : '')))
    for (const each of ['people', 'contacts', 'inbox', 'memories', 'ticketPeople', 'tickets', 'questions'])
      expect(collections).toContain(each)
    expect(JSON.stringify(rows)).toContain('13812345678')
  })

  test('is erased: no word, name, phone, room or photo of it is left; the ticket stays in the ledger', async () => {
    const { stage, id } = await openWithResident()
    const result = await execute(stage.house, operator, 'erase', { type: 'person.erase', person: id })
    expect(result).toMatchObject({ person: id, messages: 3, tickets: 1 })
    const kept = await Promise.all(
      (['people', 'contacts', 'inbox', 'memories', 'questions', 'tickets', 'ticketEvents'] as const).map(
        (each) => stage.all(each),
      ),
    )
    const left = JSON.stringify(kept)
    for (const word of ['石女士', '13812345678', '501', '鸽子', 'lamp.jpg']) expect(left).not.toContain(word)
    expect(await stage.all('tickets')).toMatchObject([
      {
        id: '20261118-001',
        category: 'facilities',
        place: { building: '3', unit: '2' },
        state: 'dispatched',
      },
    ])
  })

  test('afterwards the ticket can still be worked on and closed', async () => {
    const { stage, id } = await openWithResident()
    await execute(stage.house, operator, 'erase', { type: 'person.erase', person: id })
    await stage.hear('网格员小赵', '#办结 1118-001 换了灯泡')
    expect(stage.eventTypes.at(-1)).toBe('done')
  })
})

describe('a question of the list', () => {
  const command = { type: 'question.answer', question: 'Q1', text: '先到社区登记' }

  test('is answered by a grid worker once, whatever is asked again, and the audit says by whom', async () => {
    const { stage } = await openWithResident()
    const worker = person('p-网格员小赵')
    const first = await execute(stage.house, worker, 'same', command)
    expect(first).toMatchObject({ question: 'Q1', state: 'answered', answer: 'Q1/1', place: null })
    expect(await execute(stage.house, worker, 'same', command)).toEqual(first)
    expect(await stage.all('audit')).toMatchObject([{ command: 'question.answer', actor: worker.id }])
    expect(await query(stage.house, worker, { type: 'questions' })).toEqual([])
    expect(await query(stage.house, worker, { type: 'questions', state: 'answered' })).toMatchObject([
      { id: 'Q1', askers: 1, answer: { text: '先到社区登记', by: worker.id } },
    ])
  })

  test('is refused with what to do when it cannot be done, and nothing is changed', async () => {
    const { stage } = await openWithResident()
    const refused = [
      [{ ...command, question: 'Q9' }, 'no question Q9: see linli questions'],
      [{ ...command, question: '9' }, 'Q12'],
      [{ ...command, text: '  ' }, 'is empty'],
      [{ ...command, text: '长'.repeat(1001) }, 'this one has 1001'],
      [{ ...command, text: '卡号6222021234567890123' }, 'take it out'],
      [{ ...command, until: '2026-02-30' }, '2026-02-30 is no day'],
      [{ ...command, until: 'tomorrow' }, 'expected a date like 2026-12-31'],
      [{ type: 'question.revise', question: 'Q1', text: '好' }, 'Q1 is not answered'],
      [{ type: 'question.withdraw', question: 'Q1' }, 'Q1 is not answered'],
    ] as const
    for (const [wrong, message] of refused)
      await expect(execute(stage.house, operator, 'x', wrong), message).rejects.toThrow(message)
    await execute(stage.house, person('p-网格员小赵'), 'a', command)
    await expect(execute(stage.house, operator, 'b', command)).rejects.toThrow(
      /Q1 was answered by 网格员小赵 on 11月18日.*先到社区登记.*revise/su,
    )
    expect(await stage.all('staffAnswers')).toHaveLength(1)
  })
})

describe('queries', () => {
  test('give the open tickets with their light, of one group or of all', async () => {
    const { stage } = await openWithResident()
    const worker = person('p-网格员小赵')
    await stage.hear('马叔', '5号楼停水了', { group: '别的群' })
    const { id: group } = await stage.groupNamed(defaultGroup)
    expect(await query(stage.house, worker, { type: 'tickets' })).toHaveLength(2)
    expect(await query(stage.house, worker, { type: 'tickets', group })).toMatchObject([
      { id: '20261118-001', light: 'blue' },
    ])
    stage.clock.now = instant('2026-11-24 09:00')
    expect(await query(stage.house, worker, { type: 'tickets', group })).toMatchObject([{ light: 'red' }])
  })

  test('tell the history of a ticket, and say so when there is none', async () => {
    const { stage } = await openWithResident()
    const rows = await query(stage.house, operator, { type: 'ticket', ticket: '20261118-001' })
    expect(rows).toMatchObject([{ type: 'opened' }, { type: 'dispatched' }, { type: 'amended' }])
    await expect(query(stage.house, operator, { type: 'ticket', ticket: 'x' })).rejects.toThrow('no ticket x')
  })
})
