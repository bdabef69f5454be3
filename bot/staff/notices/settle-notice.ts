import type { NoticeCopyRow } from '../../doors/notices/notice-rows.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { plainName } from '../../notices/writing/alike-names.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { atTheDoor } from './at-the-door.ts'
import { copyRowsOf } from './watch-notice.ts'

export type Settled = 'arrived' | 'again' | 'left'

/** Groups whose copy nobody can be sure of, or that failed. */
export async function doubtfulOf(situation: Situation, notice: Notice): Promise<readonly NoticeCopyRow[]> {
  return (await copyRowsOf(situation, notice)).filter(isDoubtful)
}

function isDoubtful({ state }: NoticeCopyRow): boolean {
  return state === 'unconfirmed' || state === 'failed'
}

/** 12 已到 幸福里业主群; without a group all that are doubtful. @param words which groups, as said */
export async function settleNotice(
  situation: Situation,
  notice: Notice,
  as: Settled,
  words: string,
): Promise<Outcome> {
  const { texts } = situation.house
  const number = numberOf(notice)
  const rows = await copyRowsOf(situation, notice)
  const doubtful = rows.filter(isDoubtful)
  if (doubtful.length === 0) return reply(situation, texts.noticeNothingUnconfirmed({ number }))
  const named = words === '' ? doubtful : groupsNamed(doubtful, words)
  if (named.length === 0) {
    const names = doubtful.map(({ name }) => name).slice(0, mostNamed)
    return reply(situation, texts.noticeNoSuchGroup({ name: words, names: names.join('、') }))
  }
  return settleEach(situation, notice, as, named)
}

const mostNamed = 10
/** One order; whoever has more to settle says it again. */
const mostAtOnce = 50

async function settleEach(
  situation: Situation,
  notice: Notice,
  as: Settled,
  rows: readonly NoticeCopyRow[],
): Promise<Outcome> {
  const number = numberOf(notice)
  // one command settles all that is unconfirmed; a group by its name also what failed
  const unconfirmed = rows.filter(({ state }) => state === 'unconfirmed')
  const [only] = rows
  const one = rows.length === 1 && only !== undefined
  if (!one && unconfirmed.length === 0) return tooMany(situation, number, rows)
  const command = {
    ...{ type: 'notice.settle', notice: notice.id, as },
    ...(one && { group: only.group }),
  }
  const done = await atTheDoor(situation, command, number)
  if ('refused' in done) return done.refused
  const { texts } = situation.house
  const settled = one ? rows : unconfirmed
  const words = {
    number,
    count: settled.length,
    names: settled
      .slice(0, mostNamed)
      .map(({ name }) => name)
      .join('、'),
  }
  const sentences = { arrived: texts.noticeArrived, again: texts.noticeSentAgain, left: texts.noticeLeft }
  return both(done.outcome, reply(situation, sentences[as](words)))
}

/** What failed is decided one by one. */
function tooMany(situation: Situation, number: string, rows: readonly NoticeCopyRow[]): Outcome {
  const names = rows.slice(0, mostNamed).map(({ name }) => name)
  return reply(
    situation,
    situation.house.texts.noticeOneByOne({ number, names: names.join('、'), example: names[0] ?? '' }),
  )
}

/** By name, or by the beginning or end of it when only one has it. */
function groupsNamed(rows: readonly NoticeCopyRow[], words: string): readonly NoticeCopyRow[] {
  const wanted = plainName(words)
  const exact = rows.filter(({ name }) => plainName(name) === wanted)
  if (exact.length > 0) return exact.slice(0, mostAtOnce)
  const part = rows.filter(({ name }) => plainName(name).includes(wanted))
  return part.length === 1 ? part : []
}
