import { type Command, RefusedError } from '../doors/command.ts'
import { audited } from '../doors/execute.ts'
import { query } from '../doors/query.ts'
import type { Match } from '../grid/match.ts'
import { matchList } from '../grid/match-words.ts'
import { both, type Outcome } from '../outcome.ts'
import { atLeast } from '../people/directory.ts'
import { type Handler, reply, type Situation } from '../situation.ts'

/** 认群, 确认绑定 1 3, 不绑定 2: which room is which group after a new login, said by those who may. */
const orders =
  /^[#＃]?\s*(?:(?<list>认群|待认群|认一认)|(?<confirm>确认绑定)|(?<refuse>不绑定))\s*(?<numbers>[\d\s,，、和号]*|全部)[。！!]?$/u

export const matchOrders: Handler = async (situation) => {
  const { text, addressed, person, house } = situation
  const said = orders.exec(text.normalize('NFKC').trim())?.groups
  if (!said || !(addressed || /^[#＃]/u.test(text))) return undefined
  if (!atLeast(person, 'grid_leader')) return reply(situation, house.texts.staffOnly())
  const matches = (await query(
    house,
    { kind: 'person', id: person.id },
    { type: 'matches' },
  )) as readonly Match[]
  if (matches.length === 0) return reply(situation, house.texts.matchNone())
  const numbers = numbersIn(said['numbers'] ?? '', matches)
  if (said['list'] !== undefined || numbers.length === 0)
    return reply(situation, matchList(house.texts, matches))
  return settle(situation, said['confirm'] === undefined ? 'match.refuse' : 'match.confirm', numbers, matches)
}

/** 全部: what nothing else comes near; who is who is asked one by one. */
function numbersIn(text: string, matches: readonly Match[]): readonly number[] {
  if (text.trim() === '全部')
    return matches.filter(({ kind, sure }) => kind === 'group' && sure).map(({ number }) => number)
  return [...new Set((text.match(/\d{1,9}/gu) ?? []).map(Number))]
}

async function settle(
  situation: Situation,
  type: 'match.confirm' | 'match.refuse',
  numbers: readonly number[],
  matches: readonly Match[],
): Promise<Outcome> {
  const { texts } = situation.house
  const done: Match[] = []
  const lines: string[] = []
  let outcome: Outcome = {}
  for (const number of numbers) {
    const match = matches.find((each) => each.number === number)
    const settled = await attempt(situation, { type, match: number })
    if (typeof settled === 'string') lines.push(settled)
    else {
      outcome = both(outcome, settled)
      if (match) done.push(match)
    }
  }
  const names = done.map(({ name }) => name).join('、')
  const words = type === 'match.confirm' ? texts.matchConfirmed({ names }) : undefined
  const refused = texts.matchRefused({ numbers: done.map(({ number }) => number).join('、') })
  const all = [...(done.length > 0 ? [words ?? refused] : []), ...lines]
  return both(outcome, reply(situation, all.join('\n')))
}

async function attempt(
  { house, reading, person, cause }: Situation,
  command: Command & { type: 'match.confirm' | 'match.refuse' },
): Promise<Outcome | string> {
  const number = command.match
  try {
    const actor = { kind: 'person', id: person.id } as const
    return (await audited(house, reading, actor, `chat/${cause.id}/${number}`, command)).outcome
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    if (error.code === 'authority') return house.texts.matchAdminOnly({ number })
    if (error.code === 'elsewhere') return house.texts.matchElsewhere({ number })
    return error.code === 'unlawful'
      ? house.texts.matchTaken({ number })
      : house.texts.matchUnknown({ number })
  }
}
