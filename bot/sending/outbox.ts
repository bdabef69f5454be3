import type { OutboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import type { Chat, ChatPicture, Destination } from '../ports/chat.ts'
import { SendError } from '../ports/chat.ts'
import type { Stored } from '../ports/store.ts'
import { isStillTrue } from './still-true.ts'

/**
 * The outbox of one account: the queue itself, and the keeper of the gaps. It sends one entry at a time, the
 * next by (emergencies, replies, notices; then age), skipping groups whose own gap has not passed. Only where
 * no gaps are wanted (a gateway without limits, measurements) several conversations are sent to at once, and
 * still one message at a time to each.
 */
export interface Outbox {
  /** Sends whatever may be sent now. */
  pump(): Promise<void>
  /** A pump is under way: what is due is being sent. */
  isBusy(): boolean
  /** The next instant at which something may be sent, if anything waits that is not being sent. */
  nextAt(): Promise<number | undefined>
  /** Our own words came back: the proof for messengers that return no id. */
  confirm(echo: Echo): Promise<void>
}

export interface Echo {
  readonly messageId: string
  readonly text: string
  /** Our group id; asked for only when something waits for its echo. */
  group(): Promise<string | undefined>
}

const lookahead = 50
const mostAtOnce = 16
/** 2 s, 4 s, … 64 s: not later than that after an account has come back. */
const mostDoublings = 5

export function createOutbox(house: House, chat: Chat): Outbox {
  const gaps = createGaps(house)
  let pumping: Promise<void> | undefined

  /** While the link is down everything waits, and no attempt is counted; `up` pumps again. */
  const isUp = () => chat.state().state === 'up'

  async function sendWhatMay(): Promise<void> {
    const sending = new Map<string, Promise<void>>()
    while (isUp()) {
      const waiting = sending.size < gaps.atOnce ? await queued(house, chat.account) : []
      const entry = waiting.find((each) => !sending.has(keyOf(each)) && gaps.waitFor(each) <= house.now())
      if (entry) {
        const sent = deliver(house, chat, gaps, entry).finally(() => sending.delete(keyOf(entry)))
        sending.set(keyOf(entry), sent)
        if (gaps.atOnce === 1) await sent
      } else if (sending.size > 0) {
        await Promise.race(sending.values())
      } else {
        return
      }
    }
    await Promise.all(sending.values())
  }
  return {
    pump() {
      pumping ??= sendWhatMay().finally(() => {
        pumping = undefined
      })
      return pumping
    },
    isBusy: () => pumping !== undefined,
    async nextAt() {
      if (!isUp() || pumping !== undefined) return undefined
      const waiting = await queued(house, chat.account)
      return waiting.length > 0 ? Math.min(...waiting.map(gaps.waitFor)) : undefined
    },
    confirm: (echo) => confirm(house, chat.account, echo),
  }
}

async function queued(house: House, account: string): Promise<readonly Stored<OutboxEntry>[]> {
  const page = await house.store.find<OutboxEntry>('outbox', {
    where: { account, state: 'queued' },
    order: 'rank',
    limit: lookahead,
  })
  return page.documents
}

interface Gaps {
  /** How many may be under way at once. */
  readonly atOnce: number
  /** The instant from which this entry may be sent. */
  waitFor(entry: OutboxEntry): number
  sent(entry: OutboxEntry): void
  /** The messenger complained: the whole account rests. */
  rest(): void
}

function createGaps(house: House): Gaps {
  const { pace } = house.settings
  const groups = new Map<string, number>()
  let replyAt = 0
  let noticeAt = 0
  let restsUntil = 0
  const noGaps = pace.reply + pace.notice + pace.jitter + pace.group === 0
  return {
    atOnce: noGaps ? mostAtOnce : 1,
    waitFor(entry) {
      if (entry.urgent) return entry.dueAt
      const account = Math.max(restsUntil, entry.kind === 'notice' ? noticeAt : replyAt)
      return Math.max(entry.dueAt, account, groups.get(keyOf(entry)) ?? 0)
    },
    sent(entry) {
      const now = house.now()
      const jitter = Math.floor(house.random() * pace.jitter)
      replyAt = now + pace.reply + jitter
      noticeAt = now + pace.notice + jitter
      for (const [key, until] of groups) if (until <= now) groups.delete(key)
      groups.set(keyOf(entry), now + pace.group)
    },
    rest() {
      restsUntil = house.now() + pace.rest
    },
  }
}

function keyOf(entry: OutboxEntry): string {
  return 'group' in entry.to ? entry.to.group : entry.to.person
}

async function deliver(house: House, chat: Chat, gaps: Gaps, entry: Stored<OutboxEntry>): Promise<void> {
  if (!(await isStillTrue(house.store, entry))) {
    await mark(house, entry, { state: 'outdated', forgetAt: house.now() + house.settings.keep.chatter })
    return
  }
  try {
    const to = await destinationOf(house, chat.account, entry)
    // a notice must never go out twice: what began and was not confirmed is shown to staff instead
    if (entry.kind === 'notice') await mark(house, entry, { state: 'sending' })
    const { messageId } = await chat.send(to, await contentOf(house, entry))
    gaps.sent(entry)
    const state = messageId === undefined ? 'sent' : 'confirmed'
    const forgetAt = house.now() + house.settings.keep.chatter
    await mark(house, entry, { state, forgetAt, ...(messageId !== undefined && { messageId }) })
    house.observe({ type: 'sent', at: house.now(), entry })
  } catch (error) {
    if (!(error instanceof SendError)) throw error
    await retryLater(house, gaps, entry, error)
  }
}

async function retryLater(
  house: House,
  gaps: Gaps,
  entry: Stored<OutboxEntry>,
  error: SendError,
): Promise<void> {
  const { pace } = house.settings
  const attempts = entry.attempts + 1
  if (error.code === 'rate') gaps.rest()
  // an account that is offline, or rests, comes back: what waits for it is never given up
  const hopeless = error.code === 'gone' || (error.code === 'failed' && attempts >= pace.attempts)
  // an emergency cannot rest for half an hour
  const rests = error.code === 'rate' && !entry.urgent
  const dueAt = house.now() + (rests ? pace.rest : pace.backoff * 2 ** Math.min(attempts - 1, mostDoublings))
  const forgetAt = hopeless ? house.now() + house.settings.keep.chatter : null
  // a failure without a reason may have come after the notice went out
  const doubtful = entry.kind === 'notice' && error.code === 'failed'
  const state = doubtful ? 'unconfirmed' : hopeless ? 'failed' : 'queued'
  await mark(house, entry, { state, attempts, dueAt, forgetAt, error: error.code })
  if (doubtful || hopeless || error.code === 'rate')
    house.observe({ type: 'trouble', at: house.now(), text: troubleText(entry, error, pace.rest) })
}

function troubleText(entry: OutboxEntry, error: SendError, rest: number): string {
  if (error.code === 'rate')
    return `account ${entry.account}: WeChat says 操作过于频繁; it rests for ${rest / 60_000} minutes, then goes on by itself. Send less, or spread groups over more accounts`
  return `${entry.kind} ${entry.id} was not delivered (${error.code}) after ${entry.attempts + 1} attempts: check the link with linli doctor`
}

/** @throws SendError `gone` when somebody has deleted the file of a picture */
async function contentOf(house: House, { id, text, picture }: OutboxEntry): Promise<string | ChatPicture> {
  if (!picture) return text
  const bytes = await house.reportPress?.read(picture.file)
  if (bytes) return { name: picture.name, bytes }
  throw new SendError('gone', `the picture ${picture.file} of ${id} is not in the folder of reports any more`)
}

/** @throws SendError `gone` when there is no way to reach them through this account */
async function destinationOf(house: House, account: string, entry: OutboxEntry): Promise<Destination> {
  if ('group' in entry.to) {
    const { documents } = await house.store.find<{ id: string; account: string; room: string }>('rooms', {
      where: { group: entry.to.group },
    })
    const room = documents.find((each) => each.account === account)
    if (room) return { room: room.room }
    throw new SendError('gone', `account ${account} is not in group ${entry.to.group}`)
  }
  const { documents } = await house.store.find<{ id: string; account: string; contact: string }>('contacts', {
    where: { person: entry.to.person },
  })
  const contact = documents.find((each) => each.account === account)
  if (contact) return { contact: contact.contact }
  throw new SendError('gone', `account ${account} does not know this person`)
}

async function mark(house: House, entry: OutboxEntry, change: Partial<OutboxEntry>): Promise<void> {
  const put = { ...entry, ...change }
  await house.store.commit([{ collection: 'outbox', id: entry.id, put }])
}

async function confirm(house: House, account: string, echo: Echo): Promise<void> {
  const where = { account, state: 'sent' }
  const { documents } = await house.store.find<OutboxEntry>('outbox', { where, order: 'rank' })
  const alike = documents.filter((each) => (each.picture ? '' : each.text) === echo.text)
  if (alike.length === 0) return
  const group = await echo.group()
  const entry = alike.find((each) => ('group' in each.to ? each.to.group : undefined) === group)
  if (entry) await mark(house, entry, { state: 'confirmed', messageId: echo.messageId })
}
