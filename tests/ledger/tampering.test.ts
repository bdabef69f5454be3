import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type LedgerReport, verifyLedger } from '../../bot/ledger/verify-ledger.ts'
import { seededRandom } from '../../bot/replay/seeded-random.ts'
import { type Anchor, anchorsOf } from '../../tickets/anchor.ts'
import { genesis, seal } from '../../tickets/chain.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { fold } from '../../tickets/fold.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { erase, livedThrough, openAt } from './neighbourhood.ts'
import { documentsIn, type StoredText, tampered } from './tampered-folder.ts'

/** Somebody writes into the data folder, with checksums that fit: what is found of it, and is it named? */

let folder = ''
let documents: readonly StoredText[] = []
let scratch = ''
let count = 0
const keep = 30 * 86_400_000

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'linli-tampering-'))
  folder = join(scratch, 'data')
  const store = await openAt(folder)
  const stage = await livedThrough(store)
  await erase(stage, (await stage.personNamed('石女士')).id)
  await stage.runUntil(stage.clock.now + 2 * 86_400_000)
  await store.compact()
  await store.close()
  documents = await documentsIn(folder)
  return () => rm(scratch, { recursive: true, force: true })
})

async function verifyAt(place: string, options: { readonly anchor?: string } = {}): Promise<LedgerReport> {
  const store = await openAt(place)
  try {
    return await verifyLedger(store, { keep, ...options })
  } finally {
    await store.close()
  }
}

/** What an operator reads after the change: the report, or that the store refuses to open. */
async function afterChanging(
  ...changes: readonly { readonly document: StoredText; readonly bytes: Buffer | null }[]
): Promise<string> {
  const target = join(scratch, `changed-${++count}`)
  await tampered(folder, target, changes)
  try {
    const { faults } = await verifyAt(target)
    return faults.map(({ place, event, what }) => `${place} ${event ?? ''} ${what}`).join('\n')
  } catch (error) {
    return error instanceof Error ? `refused: ${error.message}` : String(error)
  }
}

function parsed<T>(document: StoredText): T {
  return JSON.parse(document.text) as T
}

function the(collection: string, id: string): StoredText {
  const found = documents.find((each) => each.collection === collection && each.id === id)
  if (!found) throw new Error(`no ${collection}/${id} in ${documents.map((each) => each.id).join(', ')}`)
  return found
}

function all(collection: string): readonly StoredText[] {
  return documents.filter((each) => each.collection === collection)
}

function text(value: object): Buffer {
  return Buffer.from(JSON.stringify(value))
}

/** The number of the ticket, or of the anchor. */
function nameOf({ collection, id }: StoredText): string {
  return collection === 'ticketEvents' ? (id.split(':')[0] ?? id) : id
}

const kinds = ['tickets', 'ticketEvents', 'anchors', 'forgottenTickets'] as const

/** The bytes between `"version":` and what follows: the store counts its writes there, and nothing is made of it. */
function isVersion(bytes: Buffer, at: number): boolean {
  const begin = bytes.lastIndexOf('"version":')
  return at >= begin + '"version":'.length && /^\d+$/u.test(bytes.subarray(begin + 10, at + 1).toString())
}

test('what nobody touched holds, with all that happened in it', async () => {
  const report = await verifyAt(folder)
  expect(report).toMatchObject({ faultCount: 0, faults: [], forgotten: 1 })
  expect(report.tickets).toBeGreaterThanOrEqual(4)
  expect(report.anchors).toBeGreaterThan(40)
  expect(report.events).toBe(all('ticketEvents').length)
})

describe('a single byte', () => {
  test('of any event, ticket, anchor or record of forgetting: each of 200 random changes is found, and its ticket named', async () => {
    const random = seededRandom(20_261_120)
    const candidates = kinds.flatMap((kind) => all(kind))
    const outcomes = { named: 0, refused: 0 }
    while (outcomes.named + outcomes.refused < 200) {
      const document = candidates[Math.floor(random() * candidates.length)] as StoredText
      const bytes = Buffer.from(document.text)
      const at = Math.floor(random() * bytes.length)
      const before = bytes[at]
      bytes[at] = Math.floor(random() * 256)
      if (bytes[at] === before || isVersion(Buffer.from(document.text), at)) continue
      const told = await afterChanging({ document, bytes })
      const place = `${document.collection}/${document.id}, byte ${at}: ${before} to ${bytes[at]}`
      // what is no JSON any more is a damaged line: the file and the place in it are named, and nothing starts
      if (!isJson(bytes)) expect(told, place).toMatch(/^refused: .*snapshot.*is damaged at byte \d+/)
      else expect(told, place).toContain(nameOf(document))
      outcomes[isJson(bytes) ? 'named' : 'refused'] += 1
    }
    expect(outcomes.named).toBeGreaterThan(100)
  })
})

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

describe('whole documents', () => {
  test('the last event taken out is found, also when the ticket was put back to fit', async () => {
    for (const document of all('tickets')) {
      const ticket = parsed<Ticket>(document)
      const last = the('ticketEvents', `${ticket.id}:${ticket.sequence}`)
      expect(await afterChanging({ document: last, bytes: null })).toContain(ticket.id)
      const events = eventsOf(ticket.id).slice(0, -1)
      const bytes = text({ ...fold(events), version: 1 })
      expect(await afterChanging({ document: last, bytes: null }, { document, bytes })).toContain(ticket.id)
    }
  })

  test('a whole ticket taken out is found, with its events and links', async () => {
    for (const { id } of all('tickets')) {
      const changes = documents
        .filter((each) => each.collection !== 'anchors' && (each.id.includes(id) || nameOf(each) === id))
        .map((document) => ({ document, bytes: null }))
      const told = await afterChanging(...changes)
      expect(told).toContain(`${id}  `)
      expect(told).toMatch(/numbers were given on .*, and this one is missing/)
    }
  })

  test('two events that changed places are found, with their numbers made to fit', async () => {
    const id = busiest()
    const [first, second] = [the('ticketEvents', `${id}:2`), the('ticketEvents', `${id}:3`)]
    const as = (from: StoredText, { id: name, sequence }: TicketEvent) =>
      text({ ...parsed<object>(from), id: name, sequence })
    const told = await afterChanging(
      { document: first, bytes: as(second, parsed(first)) },
      { document: second, bytes: as(first, parsed(second)) },
    )
    expect(told).toContain(`${id} 2 its hash does not fit`)
    expect(told).toContain(`${id} 3 its hash does not fit`)
  })

  test('a chain that somebody made anew from the first event is found by the anchor', async () => {
    const id = busiest()
    const again: TicketEvent[] = []
    for (const event of eventsOf(id)) {
      const { hash: _, seal: __, salt = 'new', ...unsealed } = event
      const more = event.type === 'opened' ? { deadline: event.deadline + 86_400_000 } : {}
      again.push(seal({ ...unsealed, ...more } as typeof event, again.at(-1)?.hash ?? genesis, salt))
    }
    const told = await afterChanging(
      ...again.map((event) => ({ document: the('ticketEvents', event.id), bytes: text(event) })),
      { document: the('tickets', id), bytes: text({ ...fold(again), version: 1 }) },
    )
    expect(told).toMatch(new RegExp(`${id} \\d+ anchor .* knows another chain: events were made anew`))
    expect(told).not.toContain('its hash does not fit')
  })

  test('anchors made anew after it are found by a hash that was kept elsewhere, and only by it', async () => {
    const anchors = all('anchors')
    const kept = parsed<Anchor>(anchors.at(-2) as StoredText).hash
    const again: Anchor[] = []
    for (const document of anchors) {
      const { at, keep: rule, heads, forgotten, id } = parsed<Anchor>(document)
      again.push(...anchorsOf({ at: at + 1, keep: rule, heads, forgotten }, again.at(-1), id.slice(0, 10)))
    }
    const target = join(scratch, `changed-${++count}`)
    await tampered(
      folder,
      target,
      anchors.map((document, at) => ({ document, bytes: text({ ...again[at], version: 1 }) })),
    )
    expect((await verifyAt(folder, { anchor: kept })).knownAnchor).toBe(anchors.at(-2)?.id)
    expect((await verifyAt(target)).faultCount).toBe(0)
    expect((await verifyAt(target, { anchor: kept })).faults).toMatchObject([
      { place: kept, field: 'anchor' },
    ])
  })

  test('an anchor taken out of the middle is found', async () => {
    const [, , document, next] = all('anchors')
    const told = await afterChanging({ document: document as StoredText, bytes: null })
    expect(told).toContain(`${next?.id}  it does not follow the anchor before`)
  })

  test('a removal that is dressed up as forgetting is found', async () => {
    const ticket = parsed<Ticket>(the('tickets', busiest()))
    const record = all('forgottenTickets')[0] as StoredText
    const { id, sequence, head, lastEventAt } = ticket
    const target = join(scratch, `changed-${++count}`)
    const gone = documents.filter((each) => each.collection !== 'anchors' && each.id.includes(id))
    await tampered(
      folder,
      target,
      gone.map((document) => ({ document, bytes: null })),
    )
    const store = await openAt(target)
    const { at } = parsed<{ at: number }>(record)
    const forged = { id, sequence, head, lastEventAt: lastEventAt - 2 * keep, at, keep }
    await store.commit([{ collection: 'forgottenTickets', id, put: forged }])
    const { faults } = await verifyLedger(store, { keep })
    await store.close()
    expect(faults).toContainEqual(expect.objectContaining({ place: id, field: 'forgotten' }))
  })

  test('words put back into what was erased, and a word that was erased without record, are found', async () => {
    const erased = all('ticketEvents').find((each) => !('salt' in parsed<object>(each))) as StoredText
    const event = parsed<TicketEvent>(erased)
    expect(await afterChanging({ document: erased, bytes: text({ ...event, salt: 'salt-1' }) })).toContain(
      `${event.ticket} ${event.sequence} words stand there that were erased`,
    )
    const [untouched] = eventsOf(busiest())
    const { salt: _, ...without } = untouched as TicketEvent
    expect(
      await afterChanging({
        document: the('ticketEvents', without.id),
        bytes: text({ ...without, text: '…' }),
      }),
    ).toContain(`${without.ticket} ${without.sequence} its words were taken out, and no event records it`)
  })

  test('a message, a link of a person and a counter that were taken out are found', async () => {
    const ticket = parsed<Ticket>(the('tickets', busiest()))
    const message = the('inbox', ticket.messages[0] ?? '')
    expect(await afterChanging({ document: message, bytes: null })).toContain(
      `its message ${message.id} is missing`,
    )
    const link = the('ticketPeople', `${ticket.reporter}/${ticket.id}`)
    expect(await afterChanging({ document: link, bytes: null })).toContain(
      `${ticket.id}  ${ticket.reporter} takes part`,
    )
    const counter = all('counters')
      .filter(({ id }) => id.startsWith('tickets/'))
      .at(-1)
    expect(await afterChanging({ document: counter as StoredText, bytes: null })).toContain('was never given')
  })
})

/** The events of a ticket whose words are all there, as they are stored. */
function eventsOf(ticket: string): readonly TicketEvent[] {
  return all('ticketEvents')
    .map((each) => parsed<TicketEvent>(each))
    .filter((event) => event.ticket === ticket)
    .sort((one, other) => one.sequence - other.sequence)
}

/** The ticket with most events of those from which nothing was erased. */
function busiest(): string {
  const whole = all('tickets')
    .map(({ id }) => eventsOf(id))
    .filter((events) => events.every((event) => event.salt !== undefined))
    .sort((one, other) => other.length - one.length)
  return whole[0]?.[0]?.ticket ?? ''
}

test('a byte that was changed without its checksum keeps the store from opening, and the place is named', async () => {
  const target = await temporaryFolder()
  await tampered(folder, target, [])
  const name = (await readdir(target)).find((each) => each.startsWith('snapshot.')) ?? ''
  const bytes = await readFile(join(target, name))
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1
  await writeFile(join(target, name), bytes)
  await expect(verifyAt(target)).rejects.toThrow(/is damaged at byte \d+/)
})
