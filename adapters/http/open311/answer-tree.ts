import { element, type XmlElement } from '../../xml/element.ts'
import { writeXml } from '../../xml/write-xml.ts'

/**
 * An answer in both formats. In JSON a list is a list; in XML each of its things gets a name: the standard calls this
 * the Spark convention.
 */
export type Tree = string | number | boolean | null | TreeList | TreeObject

export interface TreeObject {
  readonly [field: string]: Tree
}

export interface TreeList {
  /** What one of them is called in XML. */
  readonly item: string
  readonly list: readonly Tree[]
}

export const formats = ['json', 'xml'] as const
export type Format = (typeof formats)[number]

export const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
}

export function listOf(item: string, list: readonly Tree[]): TreeList {
  return { item, list }
}

/** @param root name of the outermost element; JSON does without */
export function written(format: Format, root: string, tree: Tree): string {
  return format === 'json' ? JSON.stringify(jsonOf(tree)) : writeXml(xmlOf(root, tree))
}

function isList(tree: TreeList | TreeObject): tree is TreeList {
  return Array.isArray(tree['list'])
}

function jsonOf(tree: Tree): unknown {
  if (typeof tree !== 'object' || tree === null) return tree
  if (isList(tree)) return tree.list.map(jsonOf)
  return Object.fromEntries(Object.entries(tree).map(([field, value]) => [field, jsonOf(value)]))
}

function xmlOf(name: string, tree: Tree): XmlElement {
  if (tree === null) return element(name)
  if (typeof tree !== 'object') return element(name, String(tree))
  if (isList(tree))
    return element(
      name,
      tree.list.map((each) => xmlOf(tree.item, each)),
    )
  return element(
    name,
    Object.entries(tree).map(([field, value]) => xmlOf(field, value)),
  )
}
