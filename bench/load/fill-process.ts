import { tellReady, tellResult } from '../child.ts'
import { makeTicket } from '../commits/tickets.ts'
import { openStore } from './open-store.ts'

/** `fill-process.ts STORE FROM TO`: that many closed and open tickets more, each with the two events of its opening. */
const [where = '', fromText, toText] = process.argv.slice(2)
const [from, to] = [Number(fromText), Number(toText)]
const together = 1_000

const store = await openStore(where)
tellReady()
for (let at = from; at < to; at += together) {
  const tickets = Array.from({ length: Math.min(together, to - at) }, (_, index) => makeTicket(at + index))
  await store.commit(
    tickets.map((ticket, index) => ({
      collection: 'tickets',
      id: ticket.id,
      // one in fifty is still open: a district that works
      put: (at + index) % 50 === 0 ? ticket : { ...ticket, state: 'closed' },
    })),
  )
}
await store.close()
tellResult(to - from)
