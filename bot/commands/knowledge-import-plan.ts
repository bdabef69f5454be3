import { createHash } from 'node:crypto'
import { type Imports, readImports } from '../../adapters/files/knowledge-changes.ts'
import { type DocumentFile, documentsThere } from '../../adapters/files/knowledge-folder.ts'
import type { Taken } from './knowledge-import.ts'

/** What an import will do to a knowledge base: what is new, what is known, and what is in the way. */
export interface Plan {
  readonly fresh: readonly Taken[]
  readonly known: readonly { readonly from: string; readonly as: string }[]
  /** A line each. */
  readonly conflicts: readonly string[]
  /** As it will be afterwards. */
  readonly imports: Imports
  /** Documents that give way to one of another name. */
  readonly outdated: readonly string[]
  readonly staying: readonly DocumentFile[]
}

export interface PlanOptions {
  readonly target: string
  readonly replace: boolean
  readonly now: number
}

type Present = readonly (readonly [name: string, record: Imports[string]])[]

export async function planOf(taken: readonly Taken[], { target, replace, now }: PlanOptions): Promise<Plan> {
  const imports = await readImports(target)
  const documents = await documentsThere(target)
  const there = new Set(documents.map(({ file }) => file))
  const present: Present = Object.entries(imports).filter(([name]) => there.has(name))
  const fresh: Taken[] = []
  const known: { from: string; as: string }[] = []
  const conflicts: string[] = []
  const outdated: string[] = []
  for (const each of taken) {
    const same = sameAs(each, present)
    const before = present.find(([, { from }]) => from === each.from)?.[0]
    const inTheWay = replace ? undefined : conflictOf(each, before, there, target)
    if (same !== undefined) known.push({ from: each.from, as: same })
    else if (inTheWay !== undefined) conflicts.push(inTheWay)
    else {
      fresh.push(each)
      if (before !== undefined && before !== each.name) outdated.push(before)
    }
  }
  const at = new Date(now).toISOString()
  const kept = present.filter(([name]) => !outdated.includes(name))
  const added = fresh.map(
    ({ name, from, sha256, text }) => [name, { from, sha256, written: hashOf(text), at }] as const,
  )
  const leaving = new Set([...outdated, ...fresh.map(({ name }) => name)])
  return {
    ...{ fresh, known, conflicts, outdated },
    imports: Object.fromEntries([...kept, ...added]),
    staying: documents.filter(({ file }) => !leaving.has(file)),
  }
}

/** The same file, or another one that gave the same document, in another encoding for instance. */
function sameAs(each: Taken, present: Present): string | undefined {
  const written = hashOf(each.text)
  return present.find(([, record]) => record.sha256 === each.sha256 || record.written === written)?.[0]
}

function conflictOf(
  { from, name }: Taken,
  before: string | undefined,
  there: ReadonlySet<string>,
  target: string,
): string | undefined {
  if (before !== undefined) return `${from}: it has changed since it came in as ${before}`
  return there.has(name) ? `${from}: ${target} already has ${name}` : undefined
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
