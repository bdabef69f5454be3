import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Staff } from './district.ts'
import { type Life, say } from './life.ts'

/** Slips of staff, each of which has to change nothing: unknown numbers, wrong states, what is not theirs. */
export async function staffErr(life: Life, staff: Staff, ticket: Ticket): Promise<void> {
  const { chance, district, sentences } = life
  const number = saidNumber(ticket.id)
  const stranger = chance.one(
    district.staff.filter(({ role, id }) => role === 'grid_worker' && id !== staff.id),
  )
  const alone = ({ name }: Staff, text: string) => say(life, undefined, { who: name, text })
  const slips: readonly (() => Promise<unknown>)[] = [
    () => alone(staff, '接单 0131-999'),
    () => alone(staff, `办结 ${number.replace('-', '-9')} ${chance.one(sentences.notes)}`),
    () => alone(staff, `恢复 ${number}`),
    () => alone(staff, `报到 ${number}`),
    () => alone(staff, `延期 ${number}`),
    () => alone(staff, `吹哨 ${number}`),
    () => alone(stranger, `办结 ${number} 顺手处理了`),
    () => alone(stranger, `同意 ${number}`),
    () => alone(staff, `挂起 ${number}`),
    () => alone(staff, '今天的单子'),
    () => alone(staff, '接单'),
    () => alone(staff, `办结 ${number} ${'很长'.repeat(400)}`),
  ]
  await chance.one(slips)()
}
