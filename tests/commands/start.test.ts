import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { linli, ownDataFolder } from './terminal.ts'

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

async function exitOf(bot: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => bot.once('exit', resolve))
}

test('a running bot is talked to through its socket, survives kill -9 and stops when it is asked to', async () => {
  const folder = await ownDataFolder()
  const killed = await startBot()
  const talked = await linli(['chat'], ['3号楼电梯坏了'])
  expect(talked.out.at(-1)).toMatch(/^\[槐荫小区业主群\] 小邻：收到/)
  expect((await linli(['roster', 'add', '赵敏', 'admin'])).out[0]).toMatch(/^LL-/)
  expect((await linli(['start'])).errors).toMatch(new RegExp(`in use by process ${killed.pid} `))
  expect((await linli(['backup', join(folder, 'backup')])).status).toBe(0)
  expect((await linli(['restore', join(folder, 'backup')])).errors).toMatch(/a bot is running.*stop it first/)
  const gone = exitOf(killed)
  killed.kill('SIGKILL')
  await gone

  const stopped = await startBot()
  expect((await linli(['roster', 'list'])).out).toHaveLength(2)
  expect((await linli(['doctor'])).out).toContain(`✓ bot: running as process ${stopped.pid}, and it answers`)
  const ended = exitOf(stopped)
  stopped.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(await readdir(join(folder, 'data'))).not.toContain('linli.sock')
}, 60_000)

test('a running bot answers from documents as soon as they are imported, and no more when they are removed', async () => {
  const folder = await ownDataFolder()
  const file = join(folder, '游泳馆.md')
  const facts = 'source: 站\nnumber: 1号\nissued: 2026-01-01\n'
  await writeFile(
    file,
    `---\ntitle: 游泳馆\n${facts}---\n## 社区游泳馆几点开门？\n社区游泳馆早上七点开门。\n`,
  )
  await startBot()
  const ask = async () => (await linli(['chat'], ['/私聊', '社区游泳馆几点开门'])).out.join('\n')
  expect(await ask()).not.toMatch(/七点/)
  expect((await linli(['knowledge', 'import', file])).out.at(-1)).toBe('the running bot answers from it now')
  expect(await ask()).toMatch(/早上七点开门/)
  expect((await linli(['knowledge', 'remove', '游泳馆'])).out.at(-1)).toBe(
    'the running bot answers from it now',
  )
  expect(await ask()).not.toMatch(/七点/)
}, 60_000)
