import type { NoticeOrder } from '../../../intents/notice-commands.ts'
import { readMoment } from '../../../intents/notice-words/moment.ts'
import { narrow } from '../../../intents/notice-words/number.ts'
import { readNotice } from '../../../intents/notice-words/reading.ts'
import { isNobody } from '../../../intents/notice-words/whom.ts'
import { minute } from '../../../tickets/shanghai-time.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { attachmentUsed, looseAttachmentOf } from '../../notices/writing/loose-attachment.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { atTheDoor, exampleFor } from './at-the-door.ts'
import { addressees } from './known-names.ts'
import { previewed } from './preview.ts'
import { targetsOf } from './targets-said.ts'
import { knownFor, localNow, timeOf } from './write-notice.ts'

type Change = Extract<NoticeOrder, { order: 'revise' | 'retime' | 'retarget' | 'correct' | 'retract' }>

/** Before it is sent: 改, 改时间, 改范围. Afterwards: 更正, 撤回. Always a draft with its preview. */
export async function changeNotice(situation: Situation, order: Change, notice: Notice): Promise<Outcome> {
  switch (order.order) {
    case 'revise':
      return revise(situation, notice, order.words)
    case 'retime':
      return retime(situation, notice, order.words)
    case 'retarget':
      return retarget(situation, notice, order.words)
    case 'correct':
      if (notice.repeat && notSentYet(notice)) return correctNewest(situation, notice, order.words)
      return notSentYet(notice)
        ? revise(situation, notice, order.words)
        : follow(situation, notice, 'correction', order.words)
    case 'retract':
      return notSentYet(notice)
        ? drop(situation, notice)
        : follow(situation, notice, 'retraction', order.words)
  }
}

/** Of a series what has gone out last is corrected; before the first time there is only the series. */
async function correctNewest(situation: Situation, series: Notice, words: string): Promise<Outcome> {
  const { documents } = await situation.reading.find('notices', {
    where: { series: series.id },
    limit: 10_000,
  })
  const [newest] = documents
    .filter(({ startedAt }) => startedAt !== undefined)
    .sort((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0))
  return newest ? follow(situation, newest, 'correction', words, series) : revise(situation, series, words)
}

/** Other words; places, time and 急 may stand before or behind them as in a new one. */
async function revise(situation: Situation, notice: Notice, words: string): Promise<Outcome> {
  const { house, reading } = situation
  const number = numberOf(notice)
  const attachment = looseAttachmentOf(situation)
  if (words.trim() === '' && !attachment) return reply(situation, house.texts.noticeReviseHow({ number }))
  const known = await addressees(reading)
  const all = knownFor(situation, known)
  const said = readNotice(words, { ...all, again: true })
  // 改 12 3号楼 明早停水: where it happens; a group or a tag says whom it is for
  const isWhom = said.whom.everywhere !== undefined || said.whom.named.some(({ kind }) => kind !== 'place')
  const read = isWhom ? said : readNotice(words, { ...all, names: [] })
  const targets = isWhom ? targetsOf(situation, read.whom, known) : undefined
  const { moment, emergency, receipt } = read.options
  return carryOut(
    situation,
    number,
    {
      ...{
        ...asBefore(notice),
        emergency: notice.emergency || emergency,
        receipt: notice.receipt || receipt,
      },
      ...timeOf(moment),
      ...(read.text !== '' && { text: read.text.slice(0, longest) }),
      ...(targets && { targets }),
      ...(attachment && { attachment }),
    },
    waits(situation, notice),
  )
}

/** A series that is changed is a draft again: nothing goes out before its author says so. */
function waits({ house: { texts } }: Situation, notice: Notice): string {
  const { state, repeat } = notice
  return state === 'scheduled' && repeat
    ? texts.noticeSeriesWaits({ number: numberOf(notice), words: repeat.words })
    : ''
}

/** What never went out is changed as it stands; what was refused or dropped is written anew with all that it had. */
function asBefore(notice: Notice): object {
  if (!cameToNothing(notice)) return { type: 'notice.revise', notice: notice.id }
  const { text, targets, attachment, repeat, sendAt, emergency, receipt } = notice
  return {
    ...{ type: 'notice.write', text, targets, emergency, receipt },
    ...(attachment && { attachment }),
    ...(repeat ? { repeat } : sendAt !== undefined && { sendAt }),
  }
}

function cameToNothing({ state, startedAt, follows }: Notice): boolean {
  return startedAt === undefined && follows === undefined && (state === 'refused' || state === 'discarded')
}

async function retime(situation: Situation, notice: Notice, words: string): Promise<Outcome> {
  const number = numberOf(notice)
  const said = narrow(words.trim()).replace(/^(?:到|为|成|在|[:：,，\s])+/u, '')
  const read = readMoment(said, localNow(situation.now))
  const rest = read ? said.slice(read.length).trim() : said
  if (!read || !/^(?:再|才|准时)?(?:发(?:送|出去?)?)?(?:吧|了)?[。.!！]?$/u.test(rest))
    return reply(situation, situation.house.texts.noticeRetimeHow({ number }))
  const { moment } = read
  // at once: the time it had would stay otherwise. The clock goes on until the door looks at it
  const time = moment.kind === 'now' ? { sendAt: situation.house.now() + minute } : timeOf(moment)
  return carryOut(situation, number, { ...asBefore(notice), ...time }, waits(situation, notice))
}

async function retarget(situation: Situation, notice: Notice, words: string): Promise<Outcome> {
  const number = numberOf(notice)
  const known = await addressees(situation.reading)
  const read = readNotice(words, knownFor(situation, known))
  const targets = isNobody(read.whom) ? undefined : targetsOf(situation, read.whom, known)
  if (!targets || read.text !== '') {
    const example = exampleFor(situation, known)
    return reply(situation, situation.house.texts.noticeRetargetHow({ number, example }))
  }
  return carryOut(situation, number, { ...asBefore(notice), targets }, waits(situation, notice))
}

/** As many as the schema takes; what is longer is refused by its length. */
const longest = 20_000

async function carryOut(
  situation: Situation,
  number: string,
  command: object,
  besides = '',
): Promise<Outcome> {
  const attachment = looseAttachmentOf(situation)
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  const used = attachment && 'attachment' in command ? { memory: attachmentUsed(situation) } : {}
  return previewed(situation, both(done.outcome, used), done.result, besides)
}

function notSentYet({ state }: Notice): boolean {
  return state === 'draft' || state === 'awaiting' || state === 'scheduled'
}

async function drop(situation: Situation, notice: Notice): Promise<Outcome> {
  const number = numberOf(notice)
  const command = { type: 'notice.discard', notice: notice.id }
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  return both(done.outcome, reply(situation, situation.house.texts.noticeDropped({ number })))
}

async function follow(
  situation: Situation,
  notice: Notice,
  as: 'correction' | 'retraction',
  words: string,
  series?: Notice,
): Promise<Outcome> {
  const { texts } = situation.house
  const number = numberOf(notice)
  const text = words.trim().slice(0, longest)
  if (as === 'correction' && text === '') return reply(situation, texts.noticeCorrectHow({ number }))
  const besides = series ? texts.noticeCorrectsNewest({ number, series: numberOf(series) }) : ''
  const command = { type: 'notice.follow', notice: notice.id, as, ...(text !== '' && { text }) }
  return carryOut(situation, number, command, besides)
}
