import { childNamed, type XmlElement } from '../../xml/element.ts'
import { readXml, XmlError } from '../../xml/read-xml.ts'

/**
 * What other Open311 servers answer, brought into one shape. The standard knows lists of flat objects; FixMyStreet
 * wraps them ({"service_requests":[…]}), puts each value into a list of one, and makes agency_responsible an object;
 * others answer with one object where a list belongs. All of it is read; what is no such list is refused.
 */

/** Field → value; empty and absent are the same. */
export type Row = Readonly<Record<string, string>>

export class AnswerError extends Error {
  readonly code = 'answer'
}

type Lists = 'services' | 'service_requests' | 'errors'

/** Names under which a list is found, and that of one thing in it. */
const wrappers: Readonly<Record<Lists, { readonly lists: readonly string[]; readonly item: string }>> = {
  services: { lists: ['services'], item: 'service' },
  service_requests: { lists: ['service_requests', 'requests'], item: 'request' },
  errors: { lists: ['errors'], item: 'error' },
}

/** @throws AnswerError */
export function readRows(text: string, list: Lists): readonly Row[] {
  return looksLikeXml(text) ? xmlRows(parsedXml(text), list) : jsonRows(parsedJson(text), list)
}

export function looksLikeXml(text: string): boolean {
  return /^\ufeff?\s*</u.test(text)
}

function parsedXml(text: string): XmlElement {
  try {
    return readXml(text)
  } catch (error) {
    if (error instanceof XmlError) throw new AnswerError(error.message, { cause: error })
    throw error
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, '').replace(longNumber, quoted)) as unknown
  } catch (error) {
    throw new AnswerError(`expected JSON or XML, but ${shown(text)} came`, { cause: error })
  }
}

/** Ids of 16 digits and more are no numbers to JavaScript: 9007199254740993 would become …992. Strings are passed over. */
const longNumber = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/gu

function quoted(token: string): string {
  return token.startsWith('"') ? token : `"${token}"`
}

function shown(text: string): string {
  return text === '' ? 'nothing' : JSON.stringify(text.slice(0, 60))
}

function xmlRows(root: XmlElement, list: Lists): readonly Row[] {
  const { lists, item } = wrappers[list]
  if (root.name === item) return [xmlRow(root)]
  if (!lists.includes(root.name)) throw new AnswerError(`expected <${lists[0]}>, but <${root.name}> came`)
  return root.children.filter(({ name }) => name === item).map(xmlRow)
}

function xmlRow({ children }: XmlElement): Row {
  return rowOf(children.map((child) => [child.name, wordsIn(child)] as const))
}

/** agency_responsible may hold several recipients. */
function wordsIn({ text, children }: XmlElement): string {
  return [text.trim(), ...children.map(wordsIn)].filter(Boolean).join(', ')
}

function rowOf(fields: readonly (readonly [string, string])[]): Row {
  return Object.fromEntries(fields.filter(([, value]) => value !== ''))
}

type JsonObject = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function jsonRows(value: unknown, list: Lists): readonly Row[] {
  const found = listIn(value, list, 0)
  if (!found) throw new AnswerError(`expected a list of ${list}, but ${shown(JSON.stringify(value))} came`)
  return found
}

const deepestWrapper = 4

function listIn(value: unknown, list: Lists, depth: number): readonly Row[] | undefined {
  const { lists, item } = wrappers[list]
  if (depth > deepestWrapper) return undefined
  if (Array.isArray(value)) {
    const [first] = value as unknown[]
    if (value.length === 1 && isObject(first) && item in first) return listIn(first[item], list, depth + 1)
    return value.every(isObject) ? (value as JsonObject[]).map(jsonRow) : undefined
  }
  if (!isObject(value)) return undefined
  const wrapper = [...lists, item].find((name) => name in value)
  if (wrapper !== undefined) return listIn(value[wrapper], list, depth + 1)
  return isOne(value, list) ? [jsonRow(value)] : undefined
}

/** One object where a list belongs. */
function isOne(value: JsonObject, list: Lists): boolean {
  const own = {
    services: ['service_code'],
    service_requests: ['service_request_id', 'token'],
    errors: ['description'],
  }
  return own[list].some((name) => name in value)
}

function jsonRow(value: JsonObject): Row {
  return rowOf(Object.entries(value).map(([name, each]) => [name, jsonWords(each, 0)] as const))
}

function jsonWords(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null || typeof value !== 'object' || depth > deepestWrapper) return ''
  return Object.values(value)
    .map((each) => jsonWords(each, depth + 1))
    .filter(Boolean)
    .join(', ')
}

export interface AttributeDefinition {
  readonly code: string
  readonly required: boolean
  /** false: only told, not asked. */
  readonly variable: boolean
  readonly description: string
  /** Keys that may be chosen; empty when anything may be said. */
  readonly values: readonly string[]
}

/** The attributes that a service asks for. @throws AnswerError */
export function readDefinition(text: string): readonly AttributeDefinition[] {
  return looksLikeXml(text) ? xmlDefinition(parsedXml(text)) : jsonDefinition(parsedJson(text))
}

function xmlDefinition(root: XmlElement): readonly AttributeDefinition[] {
  const definition = root.name === 'service_definition' ? root : childNamed(root, 'service_definition')
  if (!definition) throw new AnswerError(`expected <service_definition>, but <${root.name}> came`)
  const attributes = childNamed(definition, 'attributes')?.children ?? []
  return attributes.flatMap((attribute) => {
    const values = (childNamed(attribute, 'values')?.children ?? []).map(
      (value) => childNamed(value, 'key')?.text.trim() ?? '',
    )
    return attributeOf(xmlRow(attribute), values)
  })
}

function jsonDefinition(value: unknown): readonly AttributeDefinition[] {
  const whole = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  const inside =
    isObject(whole) && isObject(whole['service_definition']) ? whole['service_definition'] : whole
  if (!isObject(inside) || !('service_code' in inside || 'attributes' in inside))
    throw new AnswerError(`expected a service definition, but ${shown(JSON.stringify(value))} came`)
  const attributes = Array.isArray(inside['attributes']) ? (inside['attributes'] as unknown[]) : []
  return attributes.filter(isObject).flatMap((attribute) => {
    const values = Array.isArray(attribute['values']) ? (attribute['values'] as unknown[]) : []
    return attributeOf(
      jsonRow(attribute),
      values.filter(isObject).map((each) => jsonWords(each['key'], 0)),
    )
  })
}

function attributeOf(row: Row, values: readonly string[]): readonly AttributeDefinition[] {
  const { code, required, variable, description = '' } = row
  if (code === undefined) return []
  return [
    {
      ...{ code, description, values: values.filter(Boolean) },
      required: isTrue(required),
      variable: variable === undefined || isTrue(variable),
    },
  ]
}

function isTrue(word: string | undefined): boolean {
  return word !== undefined && /^(?:true|1|yes)$/iu.test(word)
}

/** Which formats a server has, by its discovery document; undefined when it does not say. */
export function readFormats(text: string): ReadonlySet<'json' | 'xml'> | undefined {
  const words = looksLikeXml(text) ? wordsIn(parsedXml(text)) : jsonWords(parsedJson(text), 0)
  const formats = new Set<'json' | 'xml'>()
  if (/application\/json/iu.test(words)) formats.add('json')
  if (/(?:text|application)\/xml/iu.test(words)) formats.add('xml')
  return formats.size > 0 ? formats : undefined
}
