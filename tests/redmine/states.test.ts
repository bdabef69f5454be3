import { describe, expect, test } from 'vitest'
import { readOptions } from '../../adapters/ticketing/redmine/options.ts'
import { type Knowing, mustMove, remoteState, theirStatus } from '../../adapters/ticketing/redmine/states.ts'
import { ticketStates } from '../../tickets/ticket.ts'
import { seeded } from './a-ticket.ts'

const settings = readOptions({ ...seeded, url: 'http://127.0.0.1', key: 'none' })
const said = ['新建', '进行中', '反馈', '已解决', '已关闭', '已拒绝']

/** What they were told: nothing of this round, this round with another state, or just what we say now. */
const knowings: Readonly<Record<string, Knowing>> = {
  nothing: { round: false, all: false },
  round: { round: true, all: false },
  all: { round: true, all: true },
}

/** For each status of theirs, in the order above: → it is set to ours, · it stays. */
const table = [
  ['新建', 'nothing', '··→→→→'],
  ['新建', 'round', '··→··→'],
  ['新建', 'all', '·····→'],
  ['进行中', 'nothing', '→·→→→→'],
  ['进行中', 'round', '→·→··→'],
  ['进行中', 'all', '→····→'],
  ['已解决', 'nothing', '→→→·→→'],
  ['已解决', 'round', '→→→··→'],
  ['已解决', 'all', '→→···→'],
  ['已关闭', 'nothing', '→→→→·→'],
  ['已关闭', 'round', '→→→→·→'],
  ['已关闭', 'all', '→→·→·→'],
  ['已拒绝', 'nothing', '→→→→→·'],
  ['已拒绝', 'round', '→→→→→·'],
  ['已拒绝', 'all', '→→·→→·'],
] as const

describe('whose status counts', () => {
  test.each(table)('ours is %s, they were told %s', (wanted, told, expected) => {
    const knowing = knowings[told] as Knowing
    expect(said.map((theirs) => (mustMove(settings, theirs, wanted, knowing) ? '→' : '·')).join('')).toBe(
      expected,
    )
  })

  test('the table has every status of ours with every knowledge of theirs', () => {
    const wanted = new Set(ticketStates.map((state) => theirStatus(settings, state)))
    const missing = [...wanted].flatMap((status) =>
      Object.keys(knowings).filter(
        (told) => !table.some(([each, knowing]) => each === status && knowing === told),
      ),
    )
    expect(missing).toEqual([])
    expect(table.length).toBe(15)
  })
})

test('Each state of ours has its status, on hold and withdrawn a neighbouring one unless they are named', () => {
  const statuses = () =>
    Object.fromEntries(ticketStates.map((state) => [state, theirStatus(settings, state)]))
  expect(statuses()).toEqual({
    ...{ accepted: '新建', dispatched: '新建', handling: '进行中', on_hold: '进行中' },
    ...{ done: '已解决', closed: '已关闭', declined: '已拒绝', withdrawn: '已拒绝' },
  })
  const more = { ...settings, statuses: { ...settings.statuses, on_hold: '挂起', withdrawn: '撤回' } }
  expect([theirStatus(more, 'on_hold'), theirStatus(more, 'withdrawn')]).toEqual(['挂起', '撤回'])
  expect([remoteState(more, '挂起'), remoteState(more, '撤回')]).toEqual(['handling', 'declined'])
})

test('What they say is told by its name, not by whether Redmine counts it as closed; an unknown name moves nothing', () => {
  expect(said.map((name) => remoteState(settings, name))).toEqual([
    ...['open', 'handling', 'unknown', 'done', 'done', 'declined'],
  ])
  expect(remoteState({ ...settings, states: { 反馈: 'handling' } }, '反馈')).toBe('handling')
})
