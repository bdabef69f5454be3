import type { StageOptions } from '../stage.ts'
import { type NoticeStage, openNoticeStage } from './notice-stage.ts'

/** What happens after a notice went out: 小赵 has sent it to the groups of 幸福里社区. */

export const first = '幸福里一期业主群'
export const second = '幸福里二期业主群'
export const shops = '幸福里商户群'
/** Of another community. */
export const elsewhere = '和平家园业主群'

export interface AfterStage extends NoticeStage {
  /** Writes it, submits it, and waits until it has gone out. @returns its number */
  publish(text: string, more?: Readonly<Record<string, unknown>>): Promise<string>
  follow(notice: string, as: 'correction' | 'retraction', text?: string): Promise<string>
  /** What the bot says in a group when somebody says this there. */
  hear(from: string, text: string, group?: string): Promise<readonly string[]>
}

/** 2026-11-20 09:00, a Friday. */
export async function openAfterStage(options: StageOptions = {}): Promise<AfterStage> {
  const stages = await openNoticeStage({ start: '2026-11-20 09:00', ...options })
  const { stage, run } = stages
  const submit = async (notice: string) => {
    await run('小赵', { type: 'notice.submit', notice })
    await stage.wait(120)
    return notice
  }
  return {
    ...stages,
    async publish(text, more = {}) {
      const targets = { places: ['幸福里社区'] }
      const { notice } = await run('小赵', { type: 'notice.write', text, targets, ...more })
      return submit(String(notice))
    },
    async follow(notice, as, text) {
      const draft = await run('小赵', {
        type: 'notice.follow',
        notice,
        as,
        ...(text !== undefined && { text }),
      })
      return submit(String(draft['notice']))
    },
    async hear(from, text, group = first) {
      const said = await stage.hear(from, text, { group })
      return said.map((each) => each.text)
    },
  }
}
