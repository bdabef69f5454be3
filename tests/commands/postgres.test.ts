/** The whole house on PostgreSQL, as an operator uses it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test, vi } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { asOwner, emptyDatabase } from '../storage/postgres-server.ts'
import { linli, ownDataFolder } from './terminal.ts'

// a server and whole bots are started
vi.setConfig({ testTimeout: 180_000 })

/** A data folder and an empty database, which every command of the test uses. */
async function ownDatabase(): Promise<{ readonly folder: string; readonly url: string }> {
  const folder = await ownDataFolder()
  const url = await emptyDatabase()
  vi.stubEnv('LINLI_DATABASE_URL', url)
  return { folder, url }
}

/** A real process, as an operator starts it; resolves when it says that it runs. */
async function startBot(): Promise<ChildProcess> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts', 'start'], {
    cwd: projectRoot(),
    env: { ...process.env, LINLI_BURST_MS: '200', LINLI_GAP_REPLY_MS: '0', LINLI_GAP_JITTER_MS: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    bot.kill('SIGKILL')
  })
  for await (const line of createInterface({ input: bot.stdout as NodeJS.ReadableStream }))
    if (line.startsWith('stop:')) return bot
  throw new Error('the bot ended before it ran')
}

async function stopped(bot: ChildProcess): Promise<number | null> {
  const gone = new Promise<number | null>((resolve) => bot.once('exit', resolve))
  bot.kill('SIGTERM')
  return gone
}

test('commands work without a bot, and the data folder holds no documents', async () => {
  const { folder, url } = await ownDatabase()
  expect((await linli(['roster', 'add', '赵敏', 'admin'])).out[0]).toMatch(/^LL-/)
  expect((await linli(['roster', 'list'])).out.join()).toContain('赵敏')
  expect(await asOwner(url, 'select body ->> $$name$$ as name from linli.people')).toEqual([{ name: '赵敏' }])
  expect((await readdir(join(folder, 'data'))).filter((name) => /journal|snapshot|lock/u.test(name))).toEqual(
    [],
  )
  const { out } = await linli(['doctor'])
  expect(out.join('\n')).toMatch(
    /✓ database: PostgreSQL 1\d.* at 127\.0\.0\.1:\d+, database test_\w+, user linli/u,
  )
  expect(out.join('\n')).toContain('✓ questions: none waits for an answer')
  expect(out.join('\n')).not.toContain('linli:linli')
})

test('a backup takes the files and says how the documents are dumped; a restore says how they come back', async () => {
  const { folder } = await ownDatabase()
  await linli(['roster', 'add', '赵敏', 'admin'])
  await mkdir(join(folder, 'data', 'settings'))
  await writeFile(join(folder, 'data', 'settings', 'a.yaml'), 'a: 1\n')
  const saved = await linli(['backup', join(folder, 'backup')])
  expect(saved.out.join('\n')).toMatch(/1 files, verified.*\n.*pg_dump/u)
  expect(await readdir(join(folder, 'backup', 'settings'))).toEqual(['a.yaml'])
  const back = await linli(['restore', join(folder, 'backup'), '--force'])
  expect(back.out.join('\n')).toMatch(/the files of .* are back\n.*pg_restore/u)
  expect((await linli(['roster', 'list'])).out).toHaveLength(1)
})

test('data moves to PostgreSQL and back by one command, which says how many documents are the same', async () => {
  const { url } = await ownDatabase()
  vi.stubEnv('LINLI_DATABASE_URL', '')
  await linli(['roster', 'add', '赵敏', 'admin'])
  expect((await linli(['data', 'move', '--to', 'postgres'])).errors).toContain(
    'LINLI_DATABASE_URL: is needed',
  )
  vi.stubEnv('LINLI_DATABASE_URL', url)
  // forgetting the move must not look like an empty house
  expect((await linli(['roster', 'list'])).errors).toContain(
    'bring them with `linli data move --to postgres`',
  )
  const moved = await linli(['data', 'move', '--to', 'postgres'])
  expect(moved.out.join('\n')).toMatch(
    /people: 1\n4 documents are the same on both sides \(sha256 [0-9a-f]{64}\)/u,
  )
  expect((await linli(['roster', 'list'])).out.join()).toContain('赵敏')
  vi.stubEnv('LINLI_DATABASE_URL', '')
  expect((await linli(['roster', 'list'])).errors).toContain('its data lives in PostgreSQL now')
  vi.stubEnv('LINLI_DATABASE_URL', url)
  expect((await linli(['data', 'move', '--to', 'lowdb', '--again'])).status).toBe(0)
  vi.stubEnv('LINLI_DATABASE_URL', '')
  expect((await linli(['roster', 'list'])).out.join()).toContain('赵敏')
})

test('two bots run on one database and one folder, both answer commands, and the second outlives the first', async () => {
  const { folder } = await ownDatabase()
  const one = await startBot()
  const two = await startBot()
  const names = (await readdir(join(folder, 'data'))).filter((name) => name.endsWith('.sock')).sort()
  expect(names).toEqual([`linli-${two.pid}.sock`, 'linli.sock'])
  expect((await linli(['data', 'move', '--to', 'lowdb'])).errors).toContain('a bot is running')
  const talked = await linli(['chat'], ['3号楼电梯坏了'])
  expect(talked.out.at(-1)).toMatch(/^\[槐荫小区业主群\] 小邻：收到/)
  expect(await stopped(one)).toBe(0)
  expect((await linli(['data', 'move', '--to', 'lowdb'])).errors).toContain('is open in another process')
  expect((await linli(['roster', 'add', '钱进', 'grid_worker'])).out[0]).toMatch(/^LL-/)
  expect(await stopped(two)).toBe(0)
  expect((await readdir(join(folder, 'data'))).filter((name) => name.endsWith('.sock'))).toEqual([])
})

test('a database that is not there is one clear line, without the password', async () => {
  await ownDataFolder()
  vi.stubEnv('LINLI_DATABASE_URL', 'postgres://linli:geheim@127.0.0.1:1/linli')
  const { status, errors } = await linli(['roster', 'list'])
  expect(status).toBe(1)
  expect(errors).toMatch(
    /^PostgreSQL at 127\.0\.0\.1:1, database linli, user linli: connect ECONNREFUSED.*\n$/u,
  )
  expect((await linli(['doctor'])).out.join('\n')).not.toContain('geheim')
  vi.stubEnv('LINLI_DATABASE_URL', 'mysql://linli:geheim@127.0.0.1/linli')
  const wrong = (await linli(['roster', 'list'])).errors
  expect(wrong).toContain('LINLI_DATABASE_URL: the address of a PostgreSQL database')
  expect(wrong).not.toContain('geheim')
})
