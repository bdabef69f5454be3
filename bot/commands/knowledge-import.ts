import { readFile, stat } from 'node:fs/promises'
import { type ReadDocument, readDocument } from '../../adapters/documents/read-document.ts'
import { DocumentRefusedError, limits } from '../../adapters/documents/refusal.ts'
import { changeKnowledge, readingKnowledge, withKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { counted } from './knowledge-counted.ts'
import { filesAt, type ImportFile } from './knowledge-import-files.ts'
import { hashOf, type Plan, planOf } from './knowledge-import-plan.ts'
import { assertTogether } from './knowledge-import-together.ts'
import { describeTaken } from './knowledge-import-view.ts'
import type { ShowProgress } from './progress.ts'

/** `linli knowledge import`: files of any format become documents of the knowledge base, all of them or none. */
export interface ImportOptions {
  /** A file or a folder. */
  readonly path: string
  /** The knowledge base. */
  readonly target: string
  /** Show what would be taken, change nothing. */
  readonly dryRun: boolean
  /** Leave bad files and rows out instead of taking nothing. */
  readonly skipBad: boolean
  /** A document that came from the same file, or has the same name, gives way. */
  readonly replace: boolean
  readonly now: number
  readonly progress: ShowProgress
  print(line: string): void
  warn(line: string): void
}

export interface Imported {
  readonly status: number
  /** Documents that are new or other than before. */
  readonly changed: number
}

/** A file that was read, and what it is called in the knowledge base. */
export interface Taken extends ReadDocument {
  readonly from: string
  readonly name: string
  readonly sha256: string
}

/** Told what was done, not thrown: @returns the exit status. @throws what the disk says */
export async function importKnowledge(options: ImportOptions): Promise<Imported> {
  const { path, target, warn, skipBad, dryRun } = options
  const { taken, refused } = await readAll(await filesAt(path), options)
  for (const line of refused) warn(`${skipBad ? 'left out' : 'cannot be taken'}: ${line}`)
  if (refused.length > 0 && !skipBad) {
    warn(`nothing was taken: mend what is named above, or leave it out with --skip-bad`)
    return { status: 1, changed: 0 }
  }
  if (taken.length === 0) {
    warn(`${path}: nothing is left to take: name a file or folder with documents`)
    return { status: 1, changed: 0 }
  }
  const alone = dryRun ? readingKnowledge : withKnowledge
  return alone(target, async () => {
    const plan = await planOf(taken, options)
    if (plan.conflicts.length > 0) {
      for (const conflict of plan.conflicts) warn(conflict)
      warn('nothing was taken: replace them with --replace (the old ones are kept), or rename the new ones')
      return { status: 1, changed: 0 }
    }
    await assertTogether(plan.fresh, plan.staying)
    // told only when it is true
    const history = dryRun ? undefined : await carryOut(plan, options)
    describe(plan, options, history)
    return { status: 0, changed: dryRun ? 0 : plan.fresh.length }
  })
}

async function carryOut(
  { fresh, outdated, imports }: Plan,
  { target, now }: ImportOptions,
): Promise<string | undefined> {
  if (fresh.length === 0) return undefined
  const changes = [
    ...outdated.map((name) => ({ name, text: undefined })),
    ...fresh.map(({ name, text }) => ({ name, text })),
  ]
  return changeKnowledge(target, changes, imports, { now })
}

function describe(
  { fresh, known }: Plan,
  { dryRun, target, print }: ImportOptions,
  history: string | undefined,
): void {
  for (const each of fresh) for (const line of describeTaken(each, dryRun)) print(line)
  for (const { from, as } of known) print(`known: ${from}: the same as ${as}, which is there already`)
  const passages = fresh.reduce((sum, each) => sum + each.passages, 0)
  if (dryRun) print(`--dry-run: nothing was changed in ${target}`)
  else if (fresh.length === 0) print('nothing new: nothing was changed')
  else print(`${counted(fresh.length, 'document')} with ${counted(passages, 'answer')} taken into ${target}`)
  if (history !== undefined) print(`what they replaced lies in ${history}: copy it back to undo`)
}

async function readAll(files: readonly ImportFile[], options: ImportOptions) {
  const taken: Taken[] = []
  const refused: string[] = []
  const bar = options.progress('reading')
  for (const [at, file] of files.entries()) {
    bar.step(at, files.length)
    try {
      const read = await readOne(file)
      refused.push(...faultsOf(file.from, read.faults))
      if (read.faults.length === 0 || (options.skipBad && read.passages > 0)) taken.push(read)
    } catch (error) {
      if (!(error instanceof DocumentRefusedError)) {
        bar.end()
        throw error
      }
      refused.push(`${file.from}: ${error.message}`)
    }
  }
  bar.end()
  return { taken, refused }
}

async function readOne({ from, name, file }: ImportFile): Promise<Taken> {
  const { size } = await stat(file)
  if (size > limits.table)
    throw new DocumentRefusedError(`it has ${size >> 20} MB, more than ${limits.table >> 20}: split it`)
  const bytes = await readFile(file)
  const read = await readDocument(from, bytes)
  return { ...read, from, name: `${name}${read.ending}`, sha256: hashOf(bytes) }
}

const mostFaults = 10

function faultsOf(from: string, faults: readonly string[]): string[] {
  const told = faults.slice(0, mostFaults).map((fault) => `${from}: ${fault}`)
  return faults.length > mostFaults
    ? [...told, `${from}: ${faults.length - mostFaults} more rows like these`]
    : told
}
