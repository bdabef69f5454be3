import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { BadDocumentsError, type DocumentProblem } from '../../knowledge/document-problem.ts'
import { carriersFile } from '../../knowledge/garbage/carriers.ts'
import { createGarbageBook } from '../../knowledge/garbage/garbage-book.ts'
import { parseItems } from '../../knowledge/garbage/item-file.ts'
import { materialsFile, namesIn } from '../../knowledge/garbage/materials.ts'
import { regionsFile } from '../../knowledge/garbage/regions.ts'
import type { GarbageBook, GarbageItem } from '../../knowledge/garbage/sorting.ts'

/**
 * The garbage items of a folder with their carriers and regions: knowledge/garbage.
 * @throws BadDocumentsError naming every fault of every file; nothing is loaded by halves.
 */
export async function loadGarbageFolder(folder: string): Promise<GarbageBook> {
  const problems: DocumentProblem[] = []
  const [items, carriers, regions, materials] = await Promise.all([
    readItems(join(folder, 'items'), problems),
    readYaml(folder, 'carriers.yaml', carriersFile, problems),
    readYaml(folder, 'regions.yaml', regionsFile, problems),
    readYaml(folder, 'materials.yaml', materialsFile, problems),
  ])
  if (!(carriers && regions && materials)) throw new BadDocumentsError(problems)
  const names = new Set(items.map(({ name }) => name))
  problems.push(...strangers('materials.yaml', namesIn(materials), names))
  for (const rules of Object.values(regions)) {
    problems.push(...strangers('regions.yaml', Object.keys(rules.overrides), names))
  }
  if (problems.length > 0) throw new BadDocumentsError(problems)
  return createGarbageBook(items, carriers, regions, materials)
}

async function readItems(folder: string, problems: DocumentProblem[]): Promise<GarbageItem[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.csv')).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return texts.flatMap((text, at) => {
    const parsed = parseItems(`items/${files[at]}`, text)
    problems.push(...parsed.problems)
    return parsed.items
  })
}

async function readYaml<T>(
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  problems: DocumentProblem[],
): Promise<T | undefined> {
  const document = parseDocument(await readFile(join(folder, file), 'utf8'))
  const checked = schema.safeParse(document.toJS())
  if (checked.success) return checked.data
  for (const issue of checked.error.issues)
    problems.push({ file, line: 1, message: `${issue.path.join('.')}: ${issue.message}` })
  return undefined
}

function strangers(file: string, used: readonly string[], names: ReadonlySet<string>): DocumentProblem[] {
  return [...new Set(used)]
    .filter((name) => !names.has(name))
    .map((name) => ({
      file,
      line: 1,
      message: `expected the name of an item, but no item is called '${name}': correct it`,
    }))
}
