import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { BadDocumentsError, type DocumentProblem } from '../../knowledge/document-problem.ts'
import { carriersFile } from '../../knowledge/garbage/carriers.ts'
import { createGarbageBook } from '../../knowledge/garbage/garbage-book.ts'
import { type PlacedItem, parseItems, repeatedNames } from '../../knowledge/garbage/item-file.ts'
import { likesOfMaterials, materialsFile } from '../../knowledge/garbage/materials.ts'
import { regionsFile } from '../../knowledge/garbage/regions.ts'
import type { GarbageBook } from '../../knowledge/garbage/sorting.ts'
import { likesOfStates, statesFile } from '../../knowledge/garbage/states.ts'

/**
 * What a folder like knowledge/garbage says: items, carriers, states, materials, regions.
 * @throws BadDocumentsError naming every fault of every file; nothing is loaded by halves.
 */
export async function loadGarbageFolder(folder: string): Promise<GarbageBook> {
  const problems: DocumentProblem[] = []
  const [items, carriers, states, materials, regions] = await Promise.all([
    readItems(folder, problems),
    readYaml(folder, 'carriers.yaml', carriersFile, problems),
    readYaml(folder, 'states.yaml', statesFile, problems),
    readYaml(folder, 'materials.yaml', materialsFile, problems),
    readYaml(folder, 'regions.yaml', regionsFile, problems),
  ])
  problems.push(...repeatedNames(items))
  const names = new Set(items.map(({ item }) => item.name))
  problems.push(
    ...strangers('states.yaml', states ? likesOfStates(states) : [], names),
    ...strangers('materials.yaml', materials ? likesOfMaterials(materials) : [], names),
    ...Object.values(regions ?? {}).flatMap(({ overrides }) =>
      strangers('regions.yaml', [...overrides.keys()], names),
    ),
  )
  if (!(carriers && states && materials && regions) || problems.length > 0)
    throw new BadDocumentsError(problems)
  return createGarbageBook(
    items.map(({ item }) => item),
    { carriers, states, materials, regions },
  )
}

async function readItems(folder: string, problems: DocumentProblem[]): Promise<PlacedItem[]> {
  const entries = await orProblem(readdir(join(folder, 'items')), 'items', problems)
  const files = (entries ?? []).filter((file) => file.endsWith('.csv')).sort()
  if (entries && files.length === 0) {
    problems.push({
      file: 'items',
      line: 1,
      message: 'expected files *.csv, but there are none: put one here',
    })
  }
  const parsed = await Promise.all(
    files.map(async (name) => {
      const file = `items/${name}`
      const text = await orProblem(readFile(join(folder, file), 'utf8'), file, problems)
      return text === undefined ? undefined : parseItems(file, text)
    }),
  )
  return parsed.flatMap((file) => {
    problems.push(...(file?.problems ?? []))
    return file?.placed ?? []
  })
}

export async function readYaml<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  problems: DocumentProblem[],
): Promise<T | undefined> {
  const text = await orProblem(readFile(join(folder, file), 'utf8'), file, problems)
  if (text === undefined) return undefined
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  for (const { pos, message } of document.errors) {
    problems.push({ file, line: lineCounter.linePos(pos[0]).line, message: `expected YAML, but ${message}` })
  }
  if (document.errors.length > 0) return undefined
  const checked = schema.safeParse(document.toJS())
  if (checked.success) return checked.data
  for (const { path, message } of checked.error.issues) {
    const node = document.getIn(path, true)
    const at = isPlaced(node) ? lineCounter.linePos(node.range[0]).line : 1
    problems.push({ file, line: at, message: path.length > 0 ? `${path.join('.')}: ${message}` : message })
  }
  return undefined
}

function isPlaced(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}

async function orProblem<T>(
  reading: Promise<T>,
  file: string,
  problems: DocumentProblem[],
): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    problems.push({ file, line: 1, message: 'expected this, but it is not there: correct the path' })
    return undefined
  }
}

function strangers(file: string, used: readonly string[], names: ReadonlySet<string>): DocumentProblem[] {
  return [...new Set(used)]
    .filter((name) => !names.has(name))
    .map((name) => {
      const message = `expected the name of an item, but no item is called '${name}': correct it`
      return { file, line: 1, message }
    })
}
