/**
 * Changes of a knowledge base: all of them or none, whatever happens in between.
 *
 *   knowledge/.linli/staging-…/files/…     new documents, synced; nothing has changed yet   (a crash: removed)
 *   knowledge/.linli/staging-…/plan.json   from here on it happens                          (a crash: finished)
 *   knowledge/.linli/history/…/            what was replaced or removed
 *   knowledge/.linli/imports.json          which document came from which file
 *
 * One process at a time; readers wait until it is done.
 */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import {
  createFolder,
  FILE_MODE,
  FOLDER_MODE,
  type OpenFile,
  openOnDisk,
  syncFolder,
  writeAll,
  writeDurably,
} from '../storage/durable-files.ts'
import { copyDurably, isCode, staysInside, syncFolders } from '../storage/lowdb/backup-files.ts'
import { LockedError, lockFolder } from '../storage/lowdb/lock.ts'

const OWN = '.linli'
const STAGING = 'staging-'
const IMPORTS = 'imports.json'

/** One document, by its path below the knowledge base with `/`. */
export interface KnowledgeChange {
  readonly name: string
  /** undefined: it is taken out. */
  readonly text: string | undefined
}

const importsShape = z.object({
  documents: z.record(
    z.string(),
    z.object({
      /** The file it came from, below what was named in the import. */
      from: z.string(),
      /** Of that file. */
      sha256: z.string(),
      /** Of the document as it was written here. */
      written: z.string(),
      at: z.iso.datetime(),
    }),
  ),
})
/** Which documents came from which files, by their names here. */
export type Imports = z.infer<typeof importsShape>['documents']

const planShape = z.object({
  history: z.string().refine(staysInside),
  changes: z.array(z.object({ name: z.string().refine(staysInside), put: z.boolean() })),
})
type Plan = z.infer<typeof planShape>

export interface ChangeOptions {
  /** Milliseconds since 1970; names the folder of what was replaced. */
  readonly now: number
  /** Tests put a failing disk behind it. */
  readonly openFile?: OpenFile
}

/** Alone with the knowledge base, and nothing half done in it. @throws Error when another process stays in it */
export async function withKnowledge<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const own = join(folder, OWN)
  await createFolder(own)
  const release = await lockPatiently(own)
  try {
    await finishOrForget(folder)
    return await work()
  } finally {
    await release()
  }
}

/** The same for a reader, who may not be allowed to write and then finds nothing half done by us. */
export async function readingKnowledge<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (!(await isThere(join(folder, OWN)))) return work()
  let reading = false
  try {
    return await withKnowledge(folder, () => {
      reading = true
      return work()
    })
  } catch (error) {
    if (reading || !isCode(error, ['EROFS', 'EACCES', 'EPERM'])) throw error
    return work()
  }
}

/** Only within withKnowledge. @returns where replaced documents lie, when there were any */
export async function changeKnowledge(
  folder: string,
  changes: readonly KnowledgeChange[],
  imports: Imports,
  { now, openFile = openOnDisk }: ChangeOptions,
): Promise<string | undefined> {
  const staging = join(folder, OWN, `${STAGING}${randomUUID()}`)
  const history = `${OWN}/history/${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`
  const plan: Plan = {
    history,
    changes: changes.map(({ name, text }) => ({ name, put: text !== undefined })),
  }
  try {
    await mkdir(staging, { recursive: true, mode: FOLDER_MODE })
    const files = changes.flatMap(({ name, text }) =>
      text === undefined ? [] : [{ path: `files/${name}`, text }],
    )
    files.push({ path: IMPORTS, text: `${JSON.stringify({ documents: imports }, undefined, 1)}\n` })
    for (const { path, text } of files) await stage(join(staging, path), text, openFile)
    await syncFolders(staging, files)
    // the moment from which it happens
    await writeDurably(join(staging, 'plan.json'), [Buffer.from(JSON.stringify(plan))], { openFile })
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
  await carryOut(folder, staging, plan)
  return (await isThere(join(folder, history))) ? join(folder, history) : undefined
}

/** Durable apart from its folder's entry, which is synced once for all files. */
async function stage(path: string, text: string, openFile: OpenFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE })
  const file = await openFile(path, 'wx', FILE_MODE)
  try {
    await writeAll(file, Buffer.from(text))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Empty when nothing was ever imported. */
export async function readImports(folder: string): Promise<Imports> {
  const path = join(folder, OWN, IMPORTS)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isCode(error, ['ENOENT', 'ENOTDIR'])) return {}
    throw error
  }
  try {
    return importsShape.parse(JSON.parse(text)).documents
  } catch (error) {
    throw new Error(
      `${path}: expected the list of imported documents, but it cannot be read: take it back from a backup, or remove it (documents then count as written by hand)`,
      { cause: error },
    )
  }
}

/** Every step may have been done already: a crash can come between any two of them. */
async function carryOut(folder: string, staging: string, { history, changes }: Plan): Promise<void> {
  const touched = new Set([folder])
  for (const { name, put } of changes) {
    const [target, staged, kept] = [
      join(folder, name),
      join(staging, 'files', name),
      join(folder, history, name),
    ]
    const waits = put && (await isThere(staged))
    if ((waits || !put) && (await isThere(target))) await keep(target, kept, folder)
    if (waits) {
      await createFolder(dirname(target))
      await rename(staged, target)
    } else if (!put) await rm(target, { force: true })
    for (let each = dirname(target); relative(folder, each) !== ''; each = dirname(each)) touched.add(each)
  }
  for (const each of touched) if (await isThere(each)) await syncFolder(each)
  if (await isThere(join(staging, IMPORTS))) await rename(join(staging, IMPORTS), join(folder, OWN, IMPORTS))
  await syncFolder(join(folder, OWN))
  await rm(staging, { recursive: true })
}

/** A second name first, so that at no moment the document has none. */
async function keep(target: string, kept: string, folder: string): Promise<void> {
  if (await isThere(kept)) return
  await createFolder(dirname(kept))
  try {
    await link(target, kept)
  } catch (error) {
    if (!isCode(error, ['EXDEV', 'EMLINK', 'EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])) throw error
    await copyDurably(target, kept)
  }
  for (let each = dirname(kept); relative(folder, each) !== ''; each = dirname(each)) await syncFolder(each)
}

/** With a plan it is finished, without one it never began. */
async function finishOrForget(folder: string): Promise<void> {
  for (const name of await readdir(join(folder, OWN))) {
    if (!name.startsWith(STAGING)) continue
    const staging = join(folder, OWN, name)
    const plan = await readPlan(join(staging, 'plan.json'))
    if (plan) await carryOut(folder, staging, plan)
    else await rm(staging, { recursive: true, force: true })
  }
}

async function readPlan(path: string): Promise<Plan | undefined> {
  try {
    return planShape.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (isCode(error, ['ENOENT'])) return undefined
    throw error
  }
}

const patience = 60_000
const pause = 200

async function lockPatiently(folder: string): Promise<() => Promise<void>> {
  const until = Date.now() + patience
  for (;;) {
    try {
      const { release } = await lockFolder(folder, { onWarning: () => undefined, onLost: () => undefined })
      return release
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
      if (Date.now() > until)
        throw new Error(
          `${dirname(folder)}: process ${error.holder ?? '?'} is importing documents here: wait until it has ended, then try again`,
          { cause: error },
        )
      await wait(pause)
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (isCode(error, ['ENOENT', 'ENOTDIR'])) return false
    throw error
  }
}

/** A path below the knowledge base as documents are named there. */
export function documentName(path: string): string {
  return path.split(sep).join('/').normalize('NFC')
}
