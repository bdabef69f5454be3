import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { atTheDoor } from './at-the-door.ts'

/** 催回执 12: the groups of volunteers and staff are asked for 收到 once more. */
export async function remindOf(situation: Situation, notice: Notice): Promise<Outcome> {
  const number = numberOf(notice)
  const command = { type: 'notice.remind', notice: notice.id }
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  const groups = Number(done.result['groups'])
  return both(done.outcome, reply(situation, situation.house.texts.noticeReminded({ number, groups })))
}
