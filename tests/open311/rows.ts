import { expect } from 'vitest'
import type { XmlElement } from '../../adapters/xml/element.ts'
import { readXml } from '../../adapters/xml/read-xml.ts'
import type { Reply } from './city.ts'

/** What an Open311 server answered, as rows, whatever the format; and what every error has to look like. */

type Field = string | number | boolean | null
export type Row = Readonly<Record<string, Field>>

export const requestFields = [
  ...['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description'],
  ...['agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime'],
  ...['expected_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url'],
]

/** W3C: date, time, offset. */
export const w3c = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/u

/** The rows of an answer; in XML an empty element is null, and every other value is text. */
export function rowsOf(format: 'json' | 'xml', reply: Reply, root: string, item: string): readonly Row[] {
  if (format === 'json') {
    expect(reply.type).toBe('application/json; charset=utf-8')
    const rows: unknown = JSON.parse(reply.text)
    expect(Array.isArray(rows)).toBe(true)
    return rows as Row[]
  }
  expect(reply.type).toBe('text/xml; charset=utf-8')
  expect(reply.text.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')).toBe(true)
  const element = readXml(reply.text)
  expect(element.name).toBe(root)
  for (const child of element.children) expect(child.name).toBe(item)
  return element.children.map(rowOf)
}

export function rowOf({ children }: XmlElement): Row {
  return Object.fromEntries(children.map(({ name, text }) => [name, text === '' ? null : text]))
}

export function expectError(format: 'json' | 'xml', reply: Reply, status: number, ...words: string[]): void {
  const rows = rowsOf(format, reply, 'errors', 'error')
  expect(reply.status).toBe(status)
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(Object.keys(row)).toEqual(['code', 'description'])
  for (const row of rows) expect(String(row['code'])).toBe(String(status))
  for (const word of words) expect(rows.map((row) => row['description']).join('\n')).toContain(word)
}

export const lift = {
  service_code: 'facilities',
  description: '电梯坏了，老人上不去',
  address_string: '11号楼1单元',
}
