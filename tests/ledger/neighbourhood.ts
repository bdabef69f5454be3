import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { execute } from '../../bot/doors/execute.ts'
import type { Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { openStage, type Stage } from '../bot/stage.ts'

/** A few days of a neighbourhood: tickets in every state, an emergency, a person erased, a ticket forgotten, anchors. */
export const operator = { kind: 'operator' } as const

export async function livedThrough(store?: Store): Promise<Stage> {
  const stage = await openStage({
    ...(store && { store }),
    start: '2026-11-16 09:00',
    settings: { keep: { chatter: 7 * day, tickets: 30 * day, audit: 30 * day } },
  })
  await stage.put('timers', { id: 'anchor', kind: 'anchor', dueAt: stage.clock.now + day })
  await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: stage.clock.now + day })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长吴敏', 'grid_leader')
  await stage.hear('老周', '5号楼2单元的灯坏了一周了', { photo: 'lamp.jpg' })
  await stage.hear('老周', '@小邻 撤回，已经好了')
  await stage.runUntil(stage.clock.now + 40 * day)
  await stage.hear('石女士', '@小邻 3号楼2单元501门口的路灯坏了，我电话13812345678')
  await stage.hear('马叔', '3号楼2单元的路灯坏了')
  await stage.hear('石女士', '@小邻 我的单子怎么样了')
  await stage.hear('小韩', '@小邻 7号楼楼道里堆满了杂物，消防通道都堵了')
  await stage.hear('王阿姨', '11号楼1单元电梯困人了，快来人！')
  await stage.wait(400)
  await stage.hear('网格员小赵', '我到了，正在救')
  await stage.runUntil(stage.clock.now + day)
  await stage.hear('网格员小赵', '#办结 1226-002 已清理')
  await stage.hear('小谢', '@小邻 小区门口垃圾桶满了三天没人清')
  return stage
}

export function erase(stage: Stage, person: string): Promise<unknown> {
  return execute(stage.house, operator, `erase/${person}`, { type: 'person.erase', person })
}

export function openAt(folder: string): ReturnType<typeof openLowdbStore> {
  return openLowdbStore({ folder, schema, onWarning: () => undefined })
}
