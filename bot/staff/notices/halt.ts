import type { Brake } from '../../../intents/notice-words/brake.ts'
import { minute } from '../../../tickets/shanghai-time.ts'
import { copiesOf, mayHaveIt } from '../../notices/copies/copies.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { atTheDoor } from './at-the-door.ts'
import { inStates } from './which-notice.ts'

/** 发送 was said so long ago at most, when 停 is said of what has not begun; and so long it is remembered when it is over. */
const justNow = 10 * minute

/**
 * 停！发错了, of whoever is sending a notice: the newest of theirs stops at once, without a question. Undefined when they
 * are sending none: then it was said of something else.
 */
export async function haltNotice(situation: Situation, brake: Brake): Promise<Outcome | undefined> {
  const [running, others] = await runningOf(situation)
  if (!running) return brake.wrong ? tooLate(situation) : undefined
  const number = numberOf(running)
  const { texts } = situation.house
  const isOnItsWay = running.state === 'sending' || running.state === 'paused'
  const command = { type: isOnItsWay ? 'notice.stop' : 'notice.discard', notice: running.id }
  const counts = await counted(situation, running)
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  const said =
    counts.sent > 0 ? texts.noticeStoppedNow({ number, ...counts }) : texts.noticeHalted({ number })
  const more = others.length > 0 ? texts.noticeAlsoRunning({ numbers: others.map(numberOf).join('、') }) : ''
  return both(both(done.outcome, reply(situation, `${said}${more}`)), { memory: { noticeAsked: null } })
}

/** The one that is meant, and others that go out as well. A draft that was shown since is what 别发了 speaks of. */
async function runningOf(situation: Situation): Promise<readonly [Notice | undefined, readonly Notice[]]> {
  const { person, now, text } = situation
  const own = async (...states: Parameters<typeof inStates>[1]) =>
    (await inStates(situation, states)).filter(({ author }) => author === person.id)
  const onTheirWay = (await own('sending', 'paused')).sort((one, other) => saidAt(other) - saidAt(one))
  const waiting = (await own('awaiting', 'scheduled')).filter(
    (notice) => notice.repeat === undefined && now - saidAt(notice) < justNow,
  )
  const [newest, ...others] = onTheirWay
  const running = newest ?? waiting.sort((one, other) => saidAt(other) - saidAt(one))[0]
  if (running && /^[#＃]?\s*(?:先)?别发了?$/u.test(text)) {
    const [draft] = await own('draft')
    if (draft && draft.writtenAt > saidAt(running)) return [undefined, []]
  }
  return [running, newest ? others : []]
}

/** When 发送 was said. */
function saidAt({ history, writtenAt }: Notice): number {
  return history.findLast(({ event }) => event === 'submitted')?.at ?? writtenAt
}

/** Everybody has it already: what can still be done. */
async function tooLate(situation: Situation): Promise<Outcome | undefined> {
  const { person, now, house } = situation
  const over = (await inStates(situation, ['finished', 'stopped', 'expired'])).filter(
    ({ author, endedAt = 0 }) => author === person.id && now - endedAt < justNow,
  )
  const [newest] = over.sort((one, other) => (other.endedAt ?? 0) - (one.endedAt ?? 0))
  if (!newest) return undefined
  const { sent } = await counted(situation, newest)
  if (sent === 0) return undefined
  return reply(situation, house.texts.noticeTooLateToStop({ number: numberOf(newest), sent }))
}

/** How many have it, or may have it, as it stands before this. */
export async function counted({ reading }: Pick<Situation, 'reading'>, notice: Notice) {
  const copies = await copiesOf(reading, notice)
  return {
    sent: copies.filter(mayHaveIt).length,
    left: copies.filter(({ state }) => state === 'queued').length,
  }
}
