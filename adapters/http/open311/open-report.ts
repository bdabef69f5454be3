import { createHash } from 'node:crypto'
import { z } from 'zod'
import { idWithin } from '../../../bot/doors/once-within.ts'
import { publishedCategories } from '../../../bot/doors/published/published-ticket.ts'
import { tokenOf } from '../../../bot/doors/published/token.ts'
import type { ApiKey } from '../../../bot/people/api-keys.ts'
import type { Texts } from '../../../bot/texts.ts'
import { saidNumber } from '../../../tickets/number.ts'
import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import { HttpError } from '../http-error.ts'
import type { HttpParts } from '../parts.ts'
import { listOf, type TreeList } from './answer-tree.ts'
import type { PostedReport } from './posted-report.ts'

/** A report becomes a ticket, once, and is answered with its number; a private matter with a token. */

/** The same report of the same person within this time is the same. */
const doubledWithin = 10 * 60_000

const opened = z.looseObject({
  ticket: z.string(),
  department: z.string(),
  deadline: z.number(),
  emergency: z.boolean(),
  print: z.string(),
})
type Opened = z.output<typeof opened>

/** @param idempotencyKey '' when none was sent @throws HttpError 400 when a key comes again with another report */
export async function openReport(
  parts: HttpParts,
  key: ApiKey,
  report: PostedReport,
  idempotencyKey: string,
): Promise<TreeList> {
  const { house } = parts
  const print = hash([report])
  const base = `open311/${key.name}/`
  const id =
    idempotencyKey === ''
      ? await idWithin(house, `${base}${hash(sameAs(report))}`, doubledWithin)
      : `${base}key/${hash([idempotencyKey])}`
  const { text, where } = wordsOf(house.texts, report)
  const command = { type: 'ticket.open', category: report.service, text, where, print }
  const result = opened.parse(await parts.execute({ kind: 'system', name: key.name }, id, command))
  if (idempotencyKey !== '' && result.print !== print)
    throw new HttpError(
      400,
      'this Idempotency-Key came before, with another report: send a new key for each report',
    )
  return answerTo(parts, report, result)
}

async function answerTo(
  { house }: HttpParts,
  { service }: PostedReport,
  { ticket, department, deadline, emergency }: Opened,
): Promise<TreeList> {
  const { texts } = house
  const words = { number: saidNumber(ticket), department, deadline: plainDateTime(deadline) }
  // the account is theirs; what came is not given out again
  const rest = { account_id: null }
  if (!publishedCategories.includes(service)) {
    const token = (await tokenOf(house, ticket)) ?? null
    const notice = emergency ? texts.open311NoticeEmergency(words) : texts.open311NoticePrivately(words)
    return listOf('request', [{ token, service_notice: notice, ...rest }])
  }
  const notice = emergency ? texts.open311NoticeEmergency(words) : texts.open311Notice(words)
  return listOf('request', [{ service_request_id: ticket, service_notice: notice, ...rest }])
}

/** By whom and about what: for somebody we can tell apart where they stand does not matter, for GPS wavers. */
function sameAs(report: PostedReport): readonly unknown[] {
  const { service, description, deviceId, accountId, contact } = report
  const who = [deviceId, accountId, contact.phone, contact.email]
  const told = description.replace(/\s+/gu, '')
  return who.some((each) => each !== '') && told !== '' ? [service, told, ...who] : [report]
}

function hash(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url')
}

/** For staff. What is said of the place is kept apart: the bot reads the place from it. */
function wordsOf(texts: Texts, report: PostedReport): { readonly text: string; readonly where: string } {
  const { attributes, address, addressId, description, point, mediaUrl, contact } = report
  const { building = '', unit = '', spot = '' } = attributes
  const name = [contact.lastName, contact.firstName].filter(Boolean).join(' ')
  const reachable = [name, contact.phone, contact.email].filter(Boolean).join(' ').replace(/\s+/gu, ' ')
  const lines = [
    description,
    addressId && texts.open311Address({ id: addressId }),
    point && texts.open311Point({ lat: String(point.lat), long: String(point.long) }),
    mediaUrl && texts.open311Media({ url: mediaUrl }),
    reachable && texts.open311Contact({ contact: reachable }),
  ]
  const exact = `${withWord(building, '号楼')}${withWord(unit, '单元')}${spot}`
  const where = [address, exact].filter(Boolean).join(' ').replace(/\s+/gu, ' ')
  return { text: lines.filter(Boolean).join('\n') || where || report.service, where }
}

/** 11 is 11号楼; 11栋 and A座 say it themselves. */
function withWord(value: string, word: string): string {
  return /^[\da-z零一二三四五六七八九十]{1,4}$/iu.test(value) ? `${value}${word}` : value
}
