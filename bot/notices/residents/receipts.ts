import type { Group, Person } from '../../documents.ts'
import type { House } from '../../house.ts'
import { roundIn } from '../../quiz/game.ts'
import type { Put, Reading } from '../../reading.ts'
import type { Notice } from '../notice.ts'
import { type ArrivedNotice, noticesIn } from './group-notices.ts'
import { asksForReceipt, asksForSign, type ReceiptSaid, readReceipt } from './receipt-words.ts'

/** Who has read a notice that asks for it: each person once, the newest notice that they have not answered yet. */

/** Said so, or in its words. */
export function wantsReceipt({ receipt, text }: Pick<Notice, 'receipt' | 'text'>): boolean {
  return receipt || asksForReceipt(text)
}

export interface ReceiptHeard {
  /** Empty when this person has answered everything already. */
  readonly puts: readonly Put[]
  /** What else is said in the same breath; '' when nothing. */
  readonly rest: string
}

interface Heard {
  readonly house: House
  readonly reading: Reading
  readonly group: Group | undefined
  readonly person: Pick<Person, 'id'>
  readonly text: string
}

/** Undefined: it is no 收到, or no notice here waits for one. */
export async function receiptIn({
  house,
  reading,
  group,
  person,
  text,
}: Heard): Promise<ReceiptHeard | undefined> {
  const said = group && text.length <= longest ? readReceipt(text) : undefined
  if (!group || !said) return undefined
  const now = house.now()
  const waiting = (await noticesIn(reading, group.id, now, now - house.notices.receiptWithin)).filter(
    (each) => waitsFor(house, each, now) && counts(each, text, said, now),
  )
  if (waiting.length === 0 || (said.strength === 'weak' && (await isGuess(reading, group, now))))
    return undefined
  for (const { notice } of waiting) {
    const id = `${notice.id}/${group.id}/${person.id}`
    if (await reading.get('noticeReceipts', id)) continue
    const document = { id, notice: notice.id, group: group.id, person: person.id, at: now }
    return { puts: [{ collection: 'noticeReceipts', document }], rest: said.rest }
  }
  return said.strength === 'sure' ? { puts: [], rest: said.rest } : undefined
}

const longest = 120
/** 好的 and 👌 answer a notice this soon; later they answer a neighbour. */
const soon = 2 * 3_600_000
/** A letter that comes too late for the quiz is still one. */
const stillGuessing = 10 * 60_000

/** What was corrected was read all the same; what was taken back asks for nothing any more. */
function waitsFor({ notices }: House, { notice, state }: ArrivedNotice, now: number): boolean {
  if (state === 'retracted' || !wantsReceipt(notice)) return false
  return now <= (notice.endedAt ?? now) + notices.receiptWithin
}

function counts(
  { notice, at }: ArrivedNotice,
  text: string,
  { strength }: ReceiptSaid,
  now: number,
): boolean {
  if (strength === 'sure' || now - at <= soon) return true
  return /^\s*[+＋]?[1１]/u.test(text) && asksForSign(notice.text)
}

async function isGuess(reading: Reading, group: Group, now: number): Promise<boolean> {
  const round = await roundIn(reading, group.id)
  return round !== undefined && (round.state === 'asking' || now - round.closesAt < stillGuessing)
}
