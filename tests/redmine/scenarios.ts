import { expect } from 'vitest'
import type { RedmineOptions } from '../../adapters/ticketing/redmine/options.ts'
import { type ForwardedTicket, type TicketSystem, TicketSystemError } from '../../bot/ports/ticket-system.ts'
import { aTicket } from './a-ticket.ts'

/**
 * What the adapter promises, each promise against a real Redmine (tests/redmine/real) and against its recorded answers
 * (tests/redmine/answers). What their people do happens in the real one only; the answers remember it.
 */
export interface Stage {
  redmine(change?: Partial<RedmineOptions> & { readonly as?: 'linli' | 'chief' | 'stranger' }): TicketSystem
  /** A request of their people: clerk, or chief who may everything. */
  people(who: 'clerk' | 'chief', method: string, path: string, issue?: object): Promise<void>
}

export interface Scenario {
  /** File name of its answers. */
  readonly name: string
  readonly promise: string
  play(stage: Stage): Promise<void>
}

const later = Date.parse('2026-11-26T18:00:00+08:00')

export const scenarios: readonly Scenario[] = [
  {
    name: 'create',
    promise:
      'A new ticket becomes an issue with our number in the field and in the subject, and differs in nothing',
    async play({ redmine }) {
      const ticket = aTicket({
        id: '20261120-101',
        text: '电梯坏了😱 "𠮷家" 说：\'快来\'\n第二行\t<b>重要</b> {{toc}} @admin',
      })
      const { remote, status, differences } = await redmine().forward(ticket, undefined)
      expect(remote.url).toMatch(new RegExp(`/issues/${remote.id}$`, 'u'))
      expect(status).toMatchObject({ state: 'open', said: '新建' })
      expect(differences).toEqual([])
    },
  },
  {
    name: 'again',
    promise: 'Forwarded again it changes nothing, with the reference and, as after a timeout, without it',
    async play({ redmine }) {
      const ticket = aTicket({ id: '20261120-102' })
      const system = redmine({ as: 'chief' })
      const first = await system.forward(ticket, undefined)
      expect(await system.forward(ticket, first.remote)).toEqual(first)
      expect(await system.forward(ticket, undefined)).toEqual(first)
      // another process, which knows nothing yet
      expect(await redmine().forward(ticket, undefined)).toEqual(first)
    },
  },
  {
    name: 'subject-only',
    promise: 'Without a custom field the number in the subject finds the issue again',
    async play({ redmine }) {
      const ticket = aTicket({ id: '20261120-103' })
      const first = await redmine({ customField: undefined }).forward(ticket, undefined)
      expect(await redmine({ customField: undefined }).forward(ticket, undefined)).toEqual(first)
      expect(first.differences).toEqual([])
    },
  },
  {
    name: 'course',
    promise: 'From dispatched to closed the status follows, and the note of what was done is added once',
    async play({ redmine }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-104' })
      const { remote } = await system.forward(ticket, undefined)
      const step = (change: Partial<ForwardedTicket>) => system.forward({ ...ticket, ...change }, remote)
      const done = { state: 'done', sequence: 5, note: '已更换导轨，试运行正常!' } as const
      expect(await step({ state: 'handling', sequence: 4 })).toMatchObject(agreed('handling', '进行中'))
      expect(await step(done)).toMatchObject(agreed('done', '已解决'))
      expect(await step(done)).toMatchObject(agreed('done', '已解决'))
      expect(await step({ ...done, state: 'closed', sequence: 7 })).toMatchObject(agreed('done', '已关闭'))
      expect((await system.fetch(remote))?.note, 'our own note is none of theirs').toBeUndefined()
    },
  },
  {
    name: 'their-work',
    promise:
      'What their people do comes back with their words, and is not undone by what happens here meanwhile',
    async play({ redmine, people }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-105' })
      const { remote } = await system.forward(ticket, undefined)
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, { status_id: 3, notes: '已派人修好' })
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, {
        notes: '内部：费用另算',
        private_notes: true,
      })
      expect(await system.fetch(remote)).toMatchObject({ state: 'done', said: '已解决', note: '已派人修好' })
      const amended = {
        ...ticket,
        state: 'handling',
        sequence: 4,
        text: `${ticket.text}\n今天又响了`,
      } as const
      expect(await system.forward(amended, remote)).toMatchObject(agreed('done', '已解决'))
      // their note came home and became ours: it is not said twice
      const closed = { ...amended, state: 'closed', sequence: 8, note: '已派人修好' } as const
      expect(await system.forward(closed, remote)).toMatchObject(agreed('done', '已关闭'))
    },
  },
  {
    name: 'reopened',
    promise: 'A ticket that is reopened here is reopened there, though they had finished it',
    async play({ redmine, people }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-106' })
      const { remote } = await system.forward(ticket, undefined)
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, { status_id: 5 })
      const reopened = { ...ticket, sequence: 9, deadline: later }
      expect(await system.forward(reopened, remote)).toMatchObject(agreed('open', '新建'))
    },
  },
  {
    name: 'declined',
    promise:
      'What they declined is left alone when it goes elsewhere, and is theirs again when they are given it again',
    async play({ redmine, people }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-115', department: '城管' })
      const { remote } = await system.forward(ticket, undefined)
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, { status_id: 6, notes: '不归我们管' })
      expect(await system.fetch(remote)).toMatchObject({ state: 'declined', note: '不归我们管' })
      const elsewhere = { ...ticket, sequence: 4, department: '社区' }
      expect(await system.forward(elsewhere, remote)).toMatchObject(agreed('declined', '已拒绝'))
      const again = { ...ticket, sequence: 5 }
      expect(await system.forward(again, remote)).toMatchObject(agreed('open', '新建'))
    },
  },
  {
    name: 'edited',
    promise:
      'What they changed of our words and date is put right; their own status means what the settings say',
    async play({ redmine, people }) {
      const ticket = aTicket({ id: '20261120-107' })
      const { remote } = await redmine().forward(ticket, undefined)
      const edit = { subject: '电梯', description: '略', due_date: '2026-12-31', status_id: 4 }
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, edit)
      expect(await redmine().fetch(remote)).toMatchObject({ state: 'unknown', said: '反馈' })
      const system = redmine({ states: { 反馈: 'handling' } })
      expect(await system.forward(ticket, remote)).toMatchObject(agreed('handling', '反馈'))
      expect(
        await system.forward({ ...ticket, sequence: 1, title: '电梯', state: 'accepted' }, remote),
        'older',
      ).toMatchObject(agreed('handling', '反馈'))
    },
  },
  {
    name: 'workflow',
    promise: 'A status that their workflow does not allow is answered 204 and is told as a difference',
    async play({ redmine }) {
      // the seed lets nobody reject a 功能
      const system = redmine({ tracker: '功能' })
      const ticket = aTicket({ id: '20261120-108' })
      const { remote } = await system.forward(ticket, undefined)
      const declined = await system.forward({ ...ticket, state: 'declined', sequence: 3 }, remote)
      expect(declined.status).toMatchObject({ state: 'open', said: '新建' })
      const theirs = '新建 (workflow allows: 新建, 进行中, 已解决, 反馈, 已关闭)'
      expect(declined.differences).toEqual([{ field: 'status', ours: '已拒绝', theirs }])
    },
  },
  {
    name: 'deleted',
    promise: 'Deleted over there it is lost to fetch; an open ticket is made anew, one that has ended is not',
    async play({ redmine, people }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-109' })
      const { remote } = await system.forward(ticket, undefined)
      await people('chief', 'DELETE', `/issues/${remote.id}.json`)
      expect(await system.fetch(remote)).toBeUndefined()
      // on SQLite the next issue gets the same id
      const other = { tracker_id: 3, subject: '会议室投影仪' }
      await people('clerk', 'POST', '/projects/xingfu/issues.json', other)
      expect(await system.fetch(remote)).toBeUndefined()
      const closed = system.forward({ ...ticket, state: 'closed', sequence: 9 }, remote)
      await expect(closed).rejects.toMatchObject({
        code: 'refused',
        message: expect.stringContaining('no longer there'),
      })
      const anew = await system.forward(ticket, remote)
      expect(anew).toMatchObject(agreed('open', '新建'))
      expect(anew.remote.id).not.toBe(remote.id)
    },
  },
  {
    name: 'not-ours',
    promise: 'An issue that is not ours is neither read as ours nor written to, whatever the reference says',
    async play({ redmine }) {
      const system = redmine()
      // the first issue of the seed is their own
      expect(await system.fetch({ id: '1' })).toBeUndefined()
      const { remote } = await system.forward(aTicket({ id: '20261120-110' }), { id: '1' })
      expect(remote.id).not.toBe('1')
    },
  },
  {
    name: 'refused',
    promise: 'What they refuse is refused with their words, and nothing is changed',
    async play({ redmine, people }) {
      const system = redmine()
      const ticket = aTicket({ id: '20261120-111' })
      const { remote } = await system.forward(ticket, undefined)
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, { start_date: '2026-11-25' })
      const sooner = { ...ticket, deadline: Date.parse('2026-11-24T18:00:00+08:00') }
      const refusal = { code: 'refused', message: expect.stringContaining('计划完成日期 必须在起始日期之后') }
      await expect(system.forward(sooner, remote)).rejects.toMatchObject(refusal)
      expect(await system.forward(ticket, remote)).toMatchObject(agreed('open', '新建'))
    },
  },
  {
    name: 'authority',
    promise: 'A wrong key, and an account that may not see the project, are troubles of authority',
    async play({ redmine }) {
      const ticket = aTicket({ id: '20261120-112' })
      const wrongKey = await failed(redmine({ key: 'f00d' }).forward(ticket, undefined))
      expect(wrongKey).toMatchObject({
        code: 'authority',
        message: expect.stringContaining('REST web service'),
      })
      expect(wrongKey.message).not.toContain('f00d')
      const stranger = await failed(redmine({ as: 'stranger' }).forward(ticket, undefined))
      expect(stranger).toMatchObject({ code: 'authority', message: expect.stringContaining('role') })
    },
  },
  {
    name: 'wrong-settings',
    promise: 'A project, tracker, status or priority that they do not have is named, with what they have',
    async play({ redmine }) {
      const ticket = aTicket({ id: '20261120-113' })
      const refusalOf = async (change: Partial<RedmineOptions>) => {
        const error = await failed(redmine({ as: 'chief', ...change }).forward(ticket, undefined))
        expect(error.code).toBe('refused')
        return error.message
      }
      const statuses = {
        open: '新建',
        handling: '进行中',
        done: '办结',
        closed: '已关闭',
        declined: '已拒绝',
      }
      expect(await refusalOf({ project: 'nowhere' })).toContain("no project 'nowhere'")
      expect(await refusalOf({ tracker: '诉求' })).toContain('错误, 功能, 支持')
      expect(await refusalOf({ statuses })).toMatch(/'办结' \(statuses\.done\).*新建, 进行中, 已解决/u)
      expect(await refusalOf({ priorityByUrgency: { high: '特急' } })).toContain('低, 普通, 高, 紧急, 立刻')
    },
  },
  {
    name: 'urgent',
    promise: 'An urgent ticket gets the priority of the settings',
    async play({ redmine, people }) {
      const system = redmine({ priorityByUrgency: { emergency: '立刻' } })
      const { remote, differences } = await system.forward(
        aTicket({ id: '20261120-114', urgency: 'emergency' }),
        undefined,
      )
      expect(differences).toEqual([])
      await people('clerk', 'PUT', `/issues/${remote.id}.json`, { notes: '收到' })
      expect(await system.fetch(remote)).toMatchObject({ state: 'open', note: '收到' })
    },
  },
]

function agreed(state: string, said: string): object {
  return { status: { state, said }, differences: [] }
}

async function failed(work: Promise<unknown>): Promise<TicketSystemError> {
  try {
    await work
  } catch (error) {
    if (error instanceof TicketSystemError) return error
    throw error
  }
  throw new Error('it should have failed')
}
