import type { Category } from '../../../intents/understanding.ts'
import { HttpError } from '../http-error.ts'
import { type AttributeCode, attributeCodes, isService } from './service-list.ts'

/** What somebody reports, as the form says it. */
export interface PostedReport {
  readonly service: Category
  readonly description: string
  readonly address: string
  readonly addressId: string
  readonly point?: { readonly lat: number; readonly long: number }
  readonly attributes: Readonly<Partial<Record<AttributeCode, string>>>
  /** Only told to staff; never fetched by us. */
  readonly mediaUrl: string
  readonly contact: Contact
  readonly deviceId: string
  readonly accountId: string
}

/** To call back. */
export interface Contact {
  readonly firstName: string
  readonly lastName: string
  readonly phone: string
  readonly email: string
}

/** Name → the most characters it may have. */
const lengths = {
  ...{ description: 4_000, address_string: 400, address_id: 100, lat: 30, long: 30, media_url: 2_000 },
  ...{ email: 200, phone: 40, first_name: 60, last_name: 60, device_id: 200, account_id: 200 },
} as const

const longestService = 200

/** @throws HttpError 404 for an unknown service, 400 for anything else that is wrong, naming all of it */
export function readPostedReport(form: URLSearchParams): PostedReport {
  const faults: string[] = []
  const service = fieldIn(form, 'service_code', longestService, faults)
  for (const name of ['api_key', 'jurisdiction_id']) fieldIn(form, name, longestService, faults)
  if (faults.length > 0) throw new HttpError(400, faults.join('; '), { details: faults })
  if (service === '') throw new HttpError(400, 'service_code is missing: choose one of services')
  if (!isService(service)) throw new HttpError(404, `no service ${service.slice(0, 60)}: see services`)
  const field = (name: keyof typeof lengths) => fieldIn(form, name, lengths[name], faults)
  const report: PostedReport = {
    ...{ service, description: field('description'), address: field('address_string') },
    ...{ addressId: field('address_id'), deviceId: field('device_id'), accountId: field('account_id') },
    ...pointIn(field('lat'), field('long'), faults),
    attributes: attributesIn(form, faults),
    mediaUrl: mediaIn(field('media_url'), faults),
    contact: {
      ...{ firstName: field('first_name'), lastName: field('last_name') },
      ...{ phone: field('phone'), email: field('email') },
    },
  }
  if (!report.point && report.address === '' && report.addressId === '')
    faults.push('expected lat and long, address_string, or address_id, but none came: say where it is')
  if (faults.length > 0) throw new HttpError(400, faults.join('; '), { details: faults })
  return report
}

/** Once, not too long, without what no text holds; '' when it is empty or absent. */
function fieldIn(form: URLSearchParams, name: string, most: number, faults: string[]): string {
  const [value = '', ...more] = form.getAll(name).filter((each) => each.trim() !== '')
  if (more.length > 0) faults.push(`expected ${name} once, but it came ${more.length + 1} times`)
  const text = withoutControls(value).trim()
  const length = [...text].length
  if (length > most) faults.push(`expected ${name} with at most ${most} characters, but it has ${length}`)
  return text
}

/** Control characters, and those that make a line read backwards. */
function withoutControls(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
}

function pointIn(lat: string, long: string, faults: string[]): Pick<PostedReport, 'point'> {
  if (lat === '' && long === '') return {}
  const point = { lat: degrees(lat, 90), long: degrees(long, 180) }
  if (point.lat !== undefined && point.long !== undefined)
    return { point: { lat: point.lat, long: point.long } }
  faults.push(
    `expected lat and long together, as degrees of WGS84 (34.7466 and 113.6253), but ${JSON.stringify(lat)} and ${JSON.stringify(long)} came`,
  )
  return {}
}

function degrees(written: string, most: number): number | undefined {
  if (!/^[+-]?\d{1,3}(?:\.\d{1,20})?$/u.test(written)) return undefined
  const value = Number(written)
  return Math.abs(value) <= most ? value : undefined
}

function mediaIn(url: string, faults: string[]): string {
  if (url === '' || (/^https?:\/\/\S+$/iu.test(url) && URL.canParse(url))) return url
  faults.push('expected media_url as an address that begins with http:// or https://')
  return ''
}

const longestAttribute = 100

/** attribute[building]=11; the form for several values, attribute[building][]=11, is read as well. */
function attributesIn(form: URLSearchParams, faults: string[]): PostedReport['attributes'] {
  const found: Partial<Record<AttributeCode, string>> = {}
  for (const name of new Set(form.keys())) {
    const code = /^attribute\[([^\]]*)\](?:\[\])?$/u.exec(name)?.[1]
    if (code === undefined) continue
    const known = attributeCodes.find((each) => each === code)
    if (!known) {
      faults.push(`no attribute ${code.slice(0, 60)}: there are ${attributeCodes.join(', ')}`)
      continue
    }
    const value = fieldIn(form, name, longestAttribute, faults).replace(/\s+/gu, ' ')
    if (value !== '') found[known] = value
  }
  return found
}
