import { query } from '../../../bot/doors/query.ts'
import type { TopicRow } from '../../../bot/questions/list-topics.ts'
import { openStage, realLore, type Stage, type StageOptions } from '../stage.ts'

/** What the tests of the list of open questions have in common. */
export const operator = { kind: 'operator' } as const
export const worker = '网格员小赵'
export const pigeons = '请问养鸽子要办什么证'
export const pigeonsAgain = '养鸽子需要办证吗'
export const hours = '养鸽子要先向社区登记，到服务站一楼办理，电话0371-60000000。'
export const day = 86_400

/** Without documents, unless they are given: what is unanswered today may stand in one tomorrow. */
export async function openWithWorker(options: StageOptions = {}): Promise<Stage> {
  const { knowledgeOf } = await realLore()
  const stage = await openStage({ ...options, lore: { knowledge: knowledgeOf([]), ...options.lore } })
  await stage.hire(worker, 'grid_worker')
  return stage
}

export async function rows(stage: Stage, more: object = {}): Promise<readonly TopicRow[]> {
  return (await query(stage.house, operator, { type: 'questions', ...more })) as readonly TopicRow[]
}
