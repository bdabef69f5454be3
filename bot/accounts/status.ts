import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import { startReading } from '../reading.ts'
import { linksOf } from './links.ts'

/** How one account is, whichever process has it. */
export interface StatusRow {
  readonly account: string
  readonly link: string
  /** ISO, +08:00. */
  readonly since: string
  /** Only where several processes share a database. */
  readonly process?: 'this process' | 'another process' | 'no process'
  /** Messages in its outbox. */
  readonly waiting: number
  /** Open questions of all groups. */
  readonly questions: number
}

export async function status(house: House): Promise<readonly StatusRow[]> {
  const reading = startReading(house.store)
  const questions = await reading.count('questionTopics', { where: { state: 'open' } })
  const links = new Map((await linksOf(reading)).map((link) => [link.id, link]))
  return Promise.all(
    house.chats.map(async (chat) => {
      const { account } = chat
      const waiting = await reading.count('outbox', { where: { account, state: 'queued' } })
      const own = chat.state()
      if (!house.isHere)
        return { account, link: own.state, since: isoShanghai(own.since), waiting, questions }
      const isHere = house.isHere(account)
      const { state, since } = isHere ? own : (links.get(account) ?? own)
      const lease = await reading.get('leases', `account/${account}`)
      const elsewhere = lease?.holder ? 'another process' : 'no process'
      const process = isHere ? 'this process' : elsewhere
      return { account, link: state, since: isoShanghai(since), process, waiting, questions }
    }),
  )
}
