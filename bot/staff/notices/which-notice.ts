import type { NoticeOrder } from '../../../intents/notice-commands.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import { assertMayRun } from '../../doors/notices/whose-notice.ts'
import type { Notice, NoticeState } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import type { NoticeAsked } from './asked.ts'
import { isInCompany } from './in-company.ts'
import { isAllowed } from './may.ts'
import { beginningOf, stateWord } from './state-words.ts'

/** Which notice is meant when none is named: of whoever speaks, in the state in which the order makes sense. */

const ran = ['sending', 'paused', 'finished', 'stopped', 'expired'] as const satisfies readonly NoticeState[]

type Runs = Exclude<
  NoticeOrder['order'],
  'write' | 'templates' | 'unclear' | 'list' | 'help' | 'approve' | 'refuse' | 'halt'
>

/** The states in which it is looked for: in the first row that has any. */
const rows: Readonly<Record<Runs, readonly (readonly NoticeState[])[]>> = {
  send: [['draft']],
  revise: [['draft'], ['awaiting'], ['scheduled']],
  retime: [['draft'], ['awaiting'], ['scheduled']],
  retarget: [['draft'], ['awaiting'], ['scheduled']],
  discard: [['draft'], ['awaiting'], ['scheduled'], ['sending', 'paused']],
  pause: [['sending'], ['scheduled']],
  resume: [['paused']],
  stop: [['sending', 'paused'], ['scheduled']],
  show: [['sending', 'paused'], ['awaiting', 'scheduled'], ['finished', 'stopped', 'expired'], ['draft']],
  groups: [ran],
  receipts: [ran],
  remind: [ran],
  settle: [ran],
  correct: [ran],
  retract: [ran],
}

/** What is older must be named by its number. */
const recent = 3 * day
/** A draft that nobody sent within a day is only meant by its number. */
const shownLately = day
const mostLooked = 200

export async function candidates(situation: Situation, order: Runs): Promise<readonly Notice[]> {
  for (const states of rows[order]) {
    const found = await inStates(situation, states)
    const own = found.filter(({ author }) => author === situation.person.id)
    if (own.length > 0) return own
    const led: Notice[] = []
    for (const notice of found) if (await leads(situation, notice)) led.push(notice)
    // a leader stops what somebody else has sent, but sends, changes and drops no draft of others
    if (led.length > 0 && !states.includes('draft')) return led
  }
  return []
}

/** The newest first. */
export async function inStates(
  { reading, now }: Pick<Situation, 'reading' | 'now'>,
  states: readonly NoticeState[],
): Promise<readonly Notice[]> {
  const found: Notice[] = []
  for (const state of states) {
    const { documents } = await reading.find('notices', {
      ...{ where: { state }, order: 'writtenAt', descending: true, limit: mostLooked },
    })
    found.push(...documents)
  }
  return found
    .filter(({ state, writtenAt, sendAt = 0, repeat }) =>
      state === 'draft'
        ? now - writtenAt < shownLately
        : repeat !== undefined || now - Math.max(writtenAt, sendAt) < recent,
    )
    .sort((one, other) => other.writtenAt - one.writtenAt)
}

function leads({ house, reading, person }: Situation, notice: Notice): Promise<boolean> {
  return isAllowed(assertMayRun(house, reading, { kind: 'person', id: person.id }, notice))
}

const mostShown = 6

/** Asks which one; the answer is its number alone. */
export function whichNotice(situation: Situation, found: readonly Notice[], order: NoticeOrder): Outcome {
  const { texts } = situation.house
  const shown = found.slice(0, mostShown)
  const line = isInCompany(situation) ? lineHere : noticeLine
  const lines = shown.map((notice) => line(situation, notice)).join('\n')
  const example = shown[0] ? numberOf(shown[0]) : '12'
  const notices = shown.map(({ id }) => id)
  const noticeAsked: NoticeAsked = { asks: 'which', order, notices, at: situation.now }
  return both(reply(situation, texts.noticeWhich({ lines, example })), { memory: { noticeAsked } })
}

/** What has not gone out is not read out where residents are. */
function lineHere({ house: { texts } }: Situation, notice: Notice): string {
  return texts.noticeLineHere({ number: numberOf(notice), state: stateWord(texts, notice.state) })
}

export function noticeLine({ house: { texts } }: Situation, notice: Notice): string {
  return texts.noticeLine({
    ...{ number: numberOf(notice), state: stateWord(texts, notice.state) },
    ...{ targets: notice.targetWords, text: beginningOf(notice.text) },
  })
}
