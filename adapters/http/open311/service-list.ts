import { publishedCategories } from '../../../bot/doors/published/published-ticket.ts'
import type { House } from '../../../bot/house.ts'
import { type Category, categories } from '../../../intents/understanding.ts'
import { listOf, type TreeList, type TreeObject } from './answer-tree.ts'

/** Our categories as services. A private matter is accepted like any other, but answered with a token. */
export function servicesTree(house: Pick<House, 'categories' | 'texts'>): TreeList {
  return listOf(
    'service',
    categories.map((code) => {
      const { name, department, workingDays } = house.categories[code]
      return {
        service_code: code,
        service_name: name,
        description: house.texts.open311Service({ name, department, days: String(workingDays) }),
        metadata: true,
        type: publishedCategories.includes(code) ? 'realtime' : 'batch',
        keywords: [name, ...department.split('/')].join(', '),
        group: department,
      }
    }),
  )
}

export function isService(code: string): code is Category {
  return (categories as readonly string[]).includes(code)
}

/** What may be asked beside the standard's own fields: where exactly, as our neighbourhoods are built. */
export const attributeCodes = ['building', 'unit', 'spot'] as const
export type AttributeCode = (typeof attributeCodes)[number]

export function definitionTree({ texts }: Pick<House, 'texts'>, code: Category): TreeObject {
  const descriptions: Readonly<Record<AttributeCode, string>> = {
    building: texts.open311Building(),
    unit: texts.open311Unit(),
    spot: texts.open311Spot(),
  }
  return {
    service_code: code,
    attributes: listOf(
      'attribute',
      attributeCodes.map((attribute, index) => ({
        ...{ variable: true, code: attribute, datatype: 'string', required: false },
        ...{ datatype_description: null, order: index + 1, description: descriptions[attribute] },
        values: listOf('value', []),
      })),
    ),
  }
}

export interface Discovery {
  /** https://linli.example/open311/v2 */
  readonly url: string
  /** Whom to ask, and for a key. */
  readonly contact: string
  /** W3C date: since when it is as it is. */
  readonly changeset: string
}

export function discoveryTree({ url, contact, changeset }: Discovery): TreeObject {
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url,
    changeset,
    type: 'production',
    formats: listOf('format', ['text/xml', 'application/json']),
  }
  return {
    ...{
      changeset,
      contact,
      key_service: `A key with the scope open311 is given by the operator: ${contact}`,
    },
    endpoints: listOf('endpoint', [endpoint]),
  }
}
