import type { Sent } from '../fake-chat.ts'
import { openNoticeStage } from '../notices/notice-stage.ts'
import { realLore, type Stage, type StageOptions } from '../stage.ts'

/**
 * The small district of tests/bot/notices/notice-stage.ts: 小赵 works for 幸福里社区 (three groups), 老钱 leads there, 小孙
 * works for 和平社区. Here also 方主任, who is admin of the street, and a 3号楼 in each community. A Wednesday, 09:00.
 */
export const worker = '小赵'
export const leader = '老钱'
export const chief = '方主任'
export const elsewhere = '小孙'
export const stopped = '明早8点到12点停水，请提前储水'

export async function openChat(options: StageOptions = {}): Promise<Stage> {
  const { stage } = await openNoticeStage(options)
  await stage.put('places', { id: 'pl-happy-3', name: '3号楼', kind: 'building', parent: 'pl-happy' })
  await stage.put('places', { id: 'pl-peace-3', name: '3号楼', kind: 'building', parent: 'pl-peace' })
  await stage.hire(chief, 'admin', { places: ['pl-street'] })
  return stage
}

/** A second person has to look at whatever goes to more groups than that. */
export async function strictAbove(groups: number): Promise<StageOptions> {
  const { notices } = await realLore()
  const approval = { ...notices.approval, moreGroupsThan: groups }
  return { lore: { notices: { ...notices, approval } } }
}

/** Says it to the bot in private; what came back to that person, as one text. */
export async function says(stage: Stage, name: string, text: string, seconds = 25): Promise<string> {
  const before = stage.toldTo(name).length
  await stage.say(name, text, { group: '' })
  await stage.wait(seconds)
  return stage.toldTo(name).slice(before).join('\n')
}

/** What groups have read, each with its name. */
export function inGroups(stage: Stage): readonly string[] {
  return stage.sent.flatMap(({ to, text }: Sent) => ('room' in to ? [`${to.room.slice(2)}：${text}`] : []))
}

export async function stateOf(stage: Stage, id: string): Promise<string | undefined> {
  return (await stage.all('notices')).find((notice) => notice.id === id)?.state
}
