import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import { lightOf } from '../../tickets/deadline.ts'
import { addDays, hour, instantOf, isoShanghai } from '../../tickets/shanghai-time.ts'
import { ownerOf, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import { placeInPublic, roleWord, stateWord, whatOf } from '../describe.ts'
import type { Person } from '../documents.ts'
import { type Actor, byOf, RefusedError } from '../doors/command.ts'
import type { House } from '../house.ts'
import type { Query } from '../ports/store.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'
import { knownDepartments } from '../routing/departments.ts'
import { scopeOf } from './ask.ts'
import { type PlaceTree, readPlaceTree } from './place-tree.ts'
import type { LedgerFilter } from './queries.ts'

/** The ledger in the columns that districts use, a page at a time, so that nothing grows with its length. */
export const ledgerColumns = [
  ...['编号', '时间', '反映人', '地点', '问题', '类别', '责任单位', '责任人', '整改措施', '时限', '灯色'],
  ...['进展', '办结时间', '满意度'],
] as const

export interface LedgerPage {
  /** A cell a column. */
  readonly rows: readonly (readonly string[])[]
  /** Present when there is more. */
  readonly next?: string
}

export interface LedgerQuery extends LedgerFilter {
  readonly unmasked?: string
  readonly cursor?: string
}

/** Read at once: a bot answers others between two of these. */
const page = 250
/** How long an audited wish for personal data holds: the longest export. */
const wishHolds = 6 * hour

/** @throws RefusedError */
export async function ledgerPage(
  house: House,
  reading: Reading,
  actor: Actor,
  query: LedgerQuery,
): Promise<LedgerPage> {
  const unmasked = query.unmasked !== undefined
  if (query.cursor === undefined) await assertFindable(house, reading, query)
  if (query.unmasked !== undefined) await assertAudited(house, reading, actor, query.unmasked)
  const tree = await readPlaceTree(house.store)
  const scope = await scopeOf(reading, tree, actor, query.place)
  const found = await house.store.find<Ticket>('tickets', {
    ...{ order: 'openedAt', range: rangeOf(query), limit: page },
    ...(query.cursor !== undefined && { cursor: query.cursor }),
  })
  const now = house.now()
  const fitting = found.documents.filter((ticket) => fits(ticket, query, tree, scope, now))
  const names = createNames(house)
  const rows: (readonly string[])[] = []
  for (const ticket of fitting) rows.push(await rowOf(house, tree, names, ticket, unmasked))
  return { rows, ...(found.next !== undefined && { next: found.next }) }
}

/** An empty table says that there was nothing, not that the question was wrong. */
async function assertFindable(
  house: House,
  reading: Reading,
  { from, to, department }: LedgerFilter,
): Promise<void> {
  if (from !== undefined && to !== undefined && from > to)
    throw new RefusedError('incomplete', `${from} is after ${to}: name the earlier day first`)
  if (department === undefined) return
  const known = await knownDepartments(reading, house)
  if (department.split('/').every((each) => known.includes(each))) return
  const where = { department, state: { in: ticketStates } }
  // one that is known no more still stands in the ledger
  const { documents } = await reading.find('tickets', { where, order: 'deadline', limit: 1 })
  if (documents.length > 0) return
  throw new RefusedError('unknown', `no department ${department}: there are ${known.join('、')}`)
}

/** Whoever reads names and rooms is on record before the first one is read. */
async function assertAudited(house: House, reading: Reading, actor: Actor, id: string): Promise<void> {
  const entry = await reading.get('audit', id)
  const own = entry?.command === 'ledger.unmask' && entry.actor === byOf(actor)
  if (own && house.now() - entry.at <= wishHolds) return
  throw new RefusedError(
    'authority',
    'personal data is read only under a ledger.unmask of one’s own: ask for it first',
  )
}

function rangeOf({ from, to }: LedgerFilter): NonNullable<Query['range']> {
  return {
    field: 'openedAt',
    gte: from === undefined ? 0 : instantOf(from, 0),
    ...(to !== undefined && { lt: instantOf(addDays(to, 1), 0) }),
  }
}

function fits(
  ticket: Ticket,
  { category, state, department, light }: LedgerFilter,
  tree: PlaceTree,
  scope: string | null,
  now: number,
): boolean {
  return (
    (category === undefined || ticket.category === category) &&
    (state === undefined || ticket.state === state) &&
    (department === undefined || ticket.department === department) &&
    (light === undefined || lightInLedger(ticket, now) === light) &&
    (scope === null || tree.homeOf(ticket).some(({ id }) => id === scope))
  )
}

/** The light now; of what is done the one with which it was done; none for what was declined or withdrawn. */
function lightInLedger(ticket: Ticket, now: number): ReturnType<typeof lightOf> | undefined {
  if (ticket.state === 'declined' || ticket.state === 'withdrawn') return undefined
  return lightOf(ticket, ticket.doneAt ?? ticket.endedAt ?? now)
}

type Names = (id: string) => Promise<Person | undefined>

/** The same few people answer for a page. */
function createNames({ store }: House): Names {
  const known = new Map<string, Person | undefined>()
  return async (id) => {
    if (!known.has(id)) known.set(id, await store.get<Person>('people', id))
    return known.get(id)
  }
}

async function rowOf(
  house: House,
  tree: PlaceTree,
  names: Names,
  ticket: Ticket,
  unmasked: boolean,
): Promise<readonly string[]> {
  const { categories } = house
  const shown = (text: string) => (unmasked ? text : maskPersonalData(text))
  const owner = ownerOf(ticket)
  return [
    ticket.id,
    plainTime(ticket.openedAt),
    await reporterOf(house, names, ticket, unmasked),
    whereOf(tree, ticket, unmasked),
    // an accusation or a quarrel names people in words that no rule finds
    unmasked || !isPrivateMatter(ticket) ? shown(ticket.text) : whatOf(house, ticket),
    categories[ticket.category].name,
    ticket.department,
    owner === undefined ? '' : ((await names(owner))?.name ?? owner),
    shown(ticket.note ?? ''),
    plainTime(ticket.deadline),
    lightInWords(house, ticket),
    stateWord(house.texts, ticket.state),
    plainTime(ticket.doneAt ?? ticket.endedAt),
    ticket.satisfied === undefined ? '未评价' : ticket.satisfied ? '满意' : '不满意',
  ]
}

async function reporterOf(
  { texts }: House,
  names: Names,
  { reporter, supporters }: Ticket,
  unmasked: boolean,
): Promise<string> {
  const person = await names(reporter)
  const kind = person ? roleWord(texts, person.role) : '系统'
  const who = unmasked ? (person?.name ?? reporter) : kind
  return supporters.length > 0 ? `${who}（另有${supporters.length}人附议）` : who
}

function whereOf(tree: PlaceTree, ticket: Ticket, unmasked: boolean): string {
  const area = tree
    .homeOf(ticket)
    .filter(({ kind }) => kind === 'community' || kind === 'grid')
    .map(({ name }) => name)
    .reverse()
    .join('')
  const spot = unmasked
    ? ticket.place && formatPlace(ticket.place, { withRoom: true })
    : placeInPublic(ticket.place)
  return [area, unmasked ? spot : spot && maskPersonalData(spot)].filter(Boolean).join(' ')
}

function lightInWords(house: House, ticket: Ticket): string {
  const light = lightInLedger(ticket, house.now())
  return light === undefined ? '' : { blue: '蓝', yellow: '黄', red: '红' }[light]
}

/** 2026-11-19 17:45, in Shanghai; '' when it has not happened. */
function plainTime(at: number | undefined): string {
  return at === undefined ? '' : isoShanghai(at).slice(0, 16).replace('T', ' ')
}
