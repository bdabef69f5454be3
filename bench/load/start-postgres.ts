import { spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const startsWithin = 90_000

/** The server of the tests, for the bench: it ends with this process. */
export async function startPostgres() {
  const folder = join(tmpdir(), `linli-bench-${process.pid}`)
  // the server runs under an account without rights, which has to get in
  await mkdir(folder, { mode: 0o755 })
  const program = fileURLToPath(new URL('../../tests/storage/postgres-server-process.ts', import.meta.url))
  const args = ['--import', 'tsx', program, folder, String(process.pid)]
  spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref()
  const address = await addressIn(folder)
  let databases = 0
  return {
    /** A new, empty one. */
    async database(): Promise<string> {
      const name = `load_${++databases}`
      const client = new pg.Client({ connectionString: `${address}/postgres` })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return `${address}/${name}`
    },
  }
}

async function addressIn(folder: string): Promise<string> {
  for (const begun = Date.now(); Date.now() - begun < startsWithin; await wait(50)) {
    const [ready, failed] = await Promise.all(
      ['ready', 'failed'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
    )
    if (ready) return ready
    if (failed) throw new Error(`no PostgreSQL could be started: ${failed}`)
  }
  throw new Error(`no PostgreSQL has started within ${startsWithin / 1000} s`)
}
