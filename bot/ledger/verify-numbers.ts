import type { ForgottenTicket } from '../../tickets/anchor.ts'
import { ticketNumber } from '../../tickets/number.ts'
import { instantOf } from '../../tickets/shanghai-time.ts'
import type { Counter } from '../documents.ts'
import { everyPage } from './pages.ts'
import type { Inspection } from './verify-ledger.ts'

/** Each day's numbers run from 001 to what its counter says: a hole is a ticket that somebody took out. */
export async function verifyNumbers(inspection: Inspection): Promise<void> {
  const { store, options } = inspection
  const range = { field: 'id', gte: `tickets/${options.from ?? ''}`, lt: 'tickets0' }
  for await (const page of everyPage(store, 'counters', { range }))
    for (const { id, value } of page) {
      const date = id.slice('tickets/'.length)
      for (let count = 1; count <= value; count++) {
        const number = ticketNumber(instantOf(date, 0), count)
        if (await isAccountedFor(inspection, number)) continue
        const what = `${value} numbers were given on ${date}, and this one is missing`
        inspection.report({ place: number, field: 'number', what })
      }
    }
  await numbersNotGiven(inspection)
}

async function isAccountedFor({ store }: Inspection, number: string): Promise<boolean> {
  if (await store.get('tickets', number)) return true
  return (await store.get<ForgottenTicket>('forgottenTickets', number)) !== undefined
}

/** A ticket past its day's counter was put there by somebody. */
async function numbersNotGiven(inspection: Inspection): Promise<void> {
  const { store, sinceNumber } = inspection
  let counter: Counter | undefined
  const range = { field: 'id', gte: sinceNumber ?? '' }
  for await (const page of everyPage(store, 'tickets', { range }))
    for (const { id } of page) {
      const [day = '', count = ''] = id.split('-')
      const counterId = `tickets/${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
      // the day goes on while its tickets are read
      if (counter?.id !== counterId || Number(count) > counter.value)
        counter = await store.get<Counter>('counters', counterId)
      if (counter && Number(count) <= counter.value) continue
      const what = `its number was never given: the counter of that day says ${counter?.value ?? 'nothing'}`
      inspection.report({ place: id, field: 'number', what })
    }
}
