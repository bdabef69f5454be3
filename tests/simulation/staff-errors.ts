import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Staff } from './district.ts'
import { type Life, sayInPrivate } from './life.ts'

/** Slips of staff, each of which has to change nothing: unknown numbers, wrong states, what is not theirs. */
export async function staffErr(life: Life, staff: Staff, ticket: Ticket): Promise<void> {
  const { chance, district, sentences } = life
  const number = saidNumber(ticket.id)
  const stranger = chance.one(
    district.staff.filter(({ role, id }) => role === 'grid_worker' && id !== staff.id),
  )
  const slips: readonly (() => Promise<unknown>)[] = [
    () => sayInPrivate(life, staff.name, '接单 0131-999'),
    () => sayInPrivate(life, staff.name, `办结 ${number.replace('-', '-9')} ${chance.one(sentences.notes)}`),
    () => sayInPrivate(life, staff.name, `恢复 ${number}`),
    () => sayInPrivate(life, staff.name, `报到 ${number}`),
    () => sayInPrivate(life, staff.name, `延期 ${number}`),
    () => sayInPrivate(life, staff.name, `吹哨 ${number}`),
    () => sayInPrivate(life, stranger.name, `办结 ${number} 顺手处理了`),
    () => sayInPrivate(life, stranger.name, `同意 ${number}`),
    () => sayInPrivate(life, staff.name, `挂起 ${number}`),
    () => sayInPrivate(life, staff.name, '今天的单子'),
    () => sayInPrivate(life, staff.name, '接单'),
    () => sayInPrivate(life, staff.name, `办结 ${number} ${'很长'.repeat(400)}`),
  ]
  await chance.one(slips)()
}
