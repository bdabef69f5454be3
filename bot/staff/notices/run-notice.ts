import type { NoticeOrder } from '../../../intents/notice-commands.ts'
import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { CommandResult } from '../../doors/decided.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { atTheDoor } from './at-the-door.ts'
import { counted } from './halt.ts'
import { heldUp } from './holds-up.ts'
import { isAtOnce } from './state-words.ts'

type Run = Extract<NoticeOrder, { order: 'send' | 'discard' | 'pause' | 'resume' | 'stop' }>

/** 发送, 取消, 暂停, 继续, 停止: in the sense that its state leaves. */
export async function runNotice(situation: Situation, order: Run['order'], notice: Notice): Promise<Outcome> {
  const verb = inItsState(order, notice)
  const type = { send: 'submit', discard: 'discard', pause: 'pause', resume: 'resume', stop: 'stop' }[verb]
  const command = { type: `notice.${type}`, notice: notice.id }
  const done = await atTheDoor(situation, command, numberOf(notice))
  if ('refused' in done) return done.refused
  const text = await saidBack(situation, verb, notice, done.result)
  return both(both(done.outcome, reply(situation, text)), { memory: { noticeAsked: null } })
}

/** 取消 of what is being sent stops it; 停止 of what is not yet sent drops it; 继续 of a draft is no order to send it. */
function inItsState(order: Run['order'], { state, repeat }: Notice): Run['order'] {
  if (order === 'discard' && (state === 'sending' || state === 'paused')) return 'stop'
  if (order === 'stop' && (state === 'draft' || state === 'awaiting')) return 'discard'
  if (order === 'stop' && state === 'scheduled' && repeat === undefined) return 'discard'
  return order
}

async function saidBack(
  situation: Situation,
  verb: Run['order'],
  notice: Notice,
  result: CommandResult,
): Promise<string> {
  const { texts } = situation.house
  const number = numberOf(notice)
  switch (verb) {
    case 'send':
      return `${submitted(situation, notice, result)}${await heldUp(situation, notice)}`
    case 'discard':
      return texts.noticeDropped({ number })
    case 'pause':
      return notice.state === 'sending'
        ? texts.noticePausedNow({ number, ...(await counted(situation, notice)) })
        : texts.noticePausedBefore({ number })
    case 'resume':
      return texts.noticeGoesOn({ number })
    case 'stop': {
      const counts = await counted(situation, notice)
      return counts.sent === 0
        ? texts.noticeDropped({ number })
        : texts.noticeStoppedNow({ number, ...counts })
    }
  }
}

function submitted({ house: { texts }, now }: Situation, notice: Notice, result: CommandResult): string {
  const words = { number: numberOf(notice), groups: notice.groups }
  if (result['state'] === 'awaiting') {
    const count = Number(result['approvers'])
    return count > 0 ? texts.noticeSubmitted({ ...words, count }) : texts.noticeNobodyApproves(words)
  }
  const begins = Date.parse(String(result['beginsAt']))
  const time = plainDateTime(begins)
  if (notice.repeat) return texts.noticeRepeats({ ...words, words: notice.repeat.words, time })
  return isAtOnce(begins, now) ? texts.noticeBegun(words) : texts.noticeSetFor({ ...words, time })
}
