/** A real PostgreSQL for tests: started by the first file that asks, shared by all files of a run, gone after it. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { onTestFinished } from 'vitest'

/** Milliseconds; a loaded machine is slow at first. */
const startsWithin = 90_000

/** The address of a new, empty database, gone when the test has ended. */
export async function emptyDatabase(): Promise<string> {
  const server = await serverAddress()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(server, `create database ${name} strategy file_copy`)
  onTestFinished(async () => {
    await asOwner(server, `drop database if exists ${name} with (force)`)
  })
  return `${server}/${name}`
}

/** One statement in that database, by somebody who is not LinLi. */
export async function asOwner<T extends pg.QueryResultRow>(address: string, statement: string): Promise<T[]> {
  const client = new pg.Client({
    connectionString: /\/test_\w+$/u.test(address) ? address : `${address}/postgres`,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

async function serverAddress(): Promise<string> {
  // the same for all workers of a run, and for no other run
  const folder = join(tmpdir(), `linli-postgres-${process.ppid}`)
  if (await isFirst(folder)) {
    const program = fileURLToPath(new URL('./postgres-server-process.ts', import.meta.url))
    const args = ['--import', 'tsx', program, folder, String(process.ppid)]
    spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref()
  }
  for (const begun = Date.now(); Date.now() - begun < startsWithin; await wait(50)) {
    const address = await textOf(join(folder, 'ready'))
    if (address !== undefined) return address
    const failed = await textOf(join(folder, 'failed'))
    if (failed !== undefined) throw new Error(`no PostgreSQL for the tests could be started: ${failed}`)
  }
  throw new Error(`no PostgreSQL for the tests has started within ${startsWithin / 1000} s (${folder})`)
}

async function isFirst(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o755 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
