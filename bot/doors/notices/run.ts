import type { House } from '../../house.ts'
import { pauseAccount, resumeAccount } from '../../notices/accounts/health.ts'
import { pauseNotice, resumeNotice, stopNotice } from '../../notices/copies/run.ts'
import { type Settling, settleCopies } from '../../notices/copies/settle.ts'
import type { Notice, NoticeState } from '../../notices/notice.ts'
import { readTargets } from '../../notices/writing/targets.ts'
import type { Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf, type Command, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { assertMayRun, noticeIn } from './whose-notice.ts'

/** While it is being sent, and after. What becomes of the copies is decided in bot/notices. */
type Running = Extract<Command, { type: 'notice.pause' | 'notice.resume' | 'notice.stop' | 'notice.settle' }>

const lawful: Readonly<Record<Running['type'], readonly NoticeState[]>> = {
  'notice.pause': ['scheduled', 'sending'],
  'notice.resume': ['paused'],
  'notice.stop': ['scheduled', 'sending', 'paused'],
  'notice.settle': ['sending', 'paused', 'finished', 'stopped', 'expired'],
}

export async function runNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Running,
): Promise<Decided> {
  const notice = await noticeIn(reading, command.notice, lawful[command.type])
  await assertMayRun(house, reading, actor, notice)
  if (command.type === 'notice.resume') assertOwnPause(actor, notice)
  const by = byOf(actor)
  const outcome = await consequence()
  const state = outcome.notices?.findLast(({ notice: each }) => each.id === notice.id)?.notice.state
  return { outcome, result: { notice: notice.id, state: state ?? notice.state, groups: notice.groups } }

  async function consequence(): Promise<Outcome> {
    switch (command.type) {
      case 'notice.pause':
        return pauseNotice(house, reading, notice, by)
      case 'notice.resume':
        return resumeNotice(house, reading, notice, by)
      case 'notice.stop':
        return stopNotice(house, reading, notice, by)
      case 'notice.settle':
        return settleCopies(house, reading, notice, await settling(reading, command), by)
    }
  }
}

/** What people have halted, no program sets going again. @throws RefusedError */
function assertOwnPause(actor: Actor, { id, history }: Notice): void {
  const by = history.findLast(({ event }) => event === 'paused')?.by
  if (actor.kind !== 'system' || by === byOf(actor)) return
  throw new RefusedError('elsewhere', `notice ${id} was paused by staff: staff let it go on`)
}

/** The group by name or id. @throws NoticeRefusedError */
async function settling(
  reading: Reading,
  { group, as }: Running & { type: 'notice.settle' },
): Promise<Settling> {
  if (group === undefined) return { as }
  const { groups } = await readTargets(reading, { places: [], tags: [], groups: [group] })
  return { as, group: groups[0] ?? group }
}

export async function runAccount(
  house: House,
  reading: Reading,
  command: Extract<Command, { type: 'account.pause' | 'account.resume' }>,
): Promise<Decided> {
  const { account } = command
  const outcome =
    command.type === 'account.pause'
      ? await pauseAccount(house, reading, account)
      : await resumeAccount(house, reading, account)
  return { outcome, result: { account, paused: command.type === 'account.pause' } }
}
