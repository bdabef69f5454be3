import type { CommandResult } from '../../../bot/doors/decided.ts'
import { execute } from '../../../bot/doors/execute.ts'
import { query } from '../../../bot/doors/query.ts'
import type { Notice } from '../../../bot/notices/notice.ts'
import { openStage, type Stage, type StageOptions } from '../stage.ts'

/**
 * A small district: two communities under one street. 幸福里社区 has two groups of owners and one of merchants, 和平社区
 * one of owners; staff talk in 街道网格员群. 小赵 works for 幸福里社区, 老钱 leads there, 小孙 works for 和平社区.
 */
export interface NoticeStage {
  readonly stage: Stage
  /** One command, by somebody on the roster or the operator. */
  run(
    who: string,
    command: { readonly type: string; readonly [key: string]: unknown },
  ): Promise<CommandResult>
  ask<T>(
    who: string,
    request: { readonly type: string; readonly [key: string]: unknown },
  ): Promise<readonly T[]>
  notice(id: string): Promise<Notice>
}

const street = { id: 'pl-street', name: '梧桐街道', kind: 'street', parent: null } as const
const happy = { id: 'pl-happy', name: '幸福里社区', kind: 'community', parent: street.id } as const
const peace = { id: 'pl-peace', name: '和平社区', kind: 'community', parent: street.id } as const

const groups = [
  ['幸福里一期业主群', happy.id, '业主群'],
  ['幸福里二期业主群', happy.id, '业主群'],
  ['幸福里商户群', happy.id, '商户群'],
  ['和平家园业主群', peace.id, '业主群'],
  ['街道网格员群', street.id, '网格员群'],
] as const

export async function openNoticeStage(options: StageOptions = {}): Promise<NoticeStage> {
  const stage = await openStage(options)
  for (const place of [street, happy, peace]) await stage.put('places', place)
  for (const [name, place, tag] of groups) {
    const id = `g-${name}`
    const account = stage.chat.account
    const room = `r-${name}`
    await stage.put('groups', {
      ...{ id, name, places: [place], tags: [tag], setting: 'answer' as const, owner: account },
    })
    await stage.put('rooms', {
      id: `${account}/${room}`,
      account,
      room,
      topic: name,
      group: id,
      members: 100,
    })
  }
  await stage.hire('小赵', 'grid_worker', { places: [happy.id] })
  await stage.hire('老钱', 'grid_leader', { places: [happy.id] })
  await stage.hire('小孙', 'grid_worker', { places: [peace.id] })
  let commands = 0
  const actorOf = (who: string) =>
    who === 'operator' ? ({ kind: 'operator' } as const) : ({ kind: 'person', id: `p-${who}` } as const)
  return {
    stage,
    run: (who, command) => execute(stage.house, actorOf(who), `test/${++commands}`, command),
    ask: async <T>(who: string, request: { readonly type: string }) =>
      (await query(stage.house, actorOf(who), request)) as readonly T[],
    async notice(id) {
      const notice = await stage.store.get<Notice>('notices', id)
      if (!notice) throw new Error(`no notice ${id}`)
      return notice
    },
  }
}
