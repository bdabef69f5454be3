import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { readConfig } from '../../bot/config.ts'
import { linli, ownDataFolder } from '../commands/terminal.ts'

/** The HTTP door of the real process: its settings, its keys, its port. */

describe('the settings', () => {
  test('without a port nothing listens', () => {
    expect(readConfig({}).http).toBeUndefined()
  })

  test('with one it listens on this machine only, and believes no proxy', () => {
    expect(readConfig({ LINLI_HTTP_PORT: '8080' }).http).toMatchObject({
      ...{ port: 8080, host: '127.0.0.1', proxy: false, log: false },
    })
    const given = {
      LINLI_HTTP_PORT: '80',
      LINLI_HTTP_HOST: '0.0.0.0',
      LINLI_HTTP_PROXY: 'on',
      LINLI_HTTP_LOG: 'on',
    }
    expect(readConfig(given).http).toMatchObject({ port: 80, host: '0.0.0.0', proxy: true, log: true })
  })

  test.each([
    [{ LINLI_HTTP_PORT: '0' }, /LINLI_HTTP_PORT: a port of this machine/u],
    [{ LINLI_HTTP_PORT: 'http' }, /LINLI_HTTP_PORT.*came: "http"/u],
    [{ LINLI_HTTP_PORT: '8080', LINLI_HTTP_HOST: 'http://x' }, /LINLI_HTTP_HOST: an address/u],
    [{ LINLI_HTTP_PORT: '8080', LINLI_HTTP_PROXY: 'yes' }, /LINLI_HTTP_PROXY: use on or off/u],
    [{ LINLI_HTTP_HOST: '0.0.0.0' }, /LINLI_HTTP_PORT: is needed by LINLI_HTTP_HOST/u],
    [{ LINLI_HTTP_URL: 'https://linli.example' }, /LINLI_HTTP_PORT: is needed by LINLI_HTTP_URL/u],
    [{ LINLI_OPEN311: 'on' }, /LINLI_HTTP_PORT: is needed by LINLI_OPEN311:/u],
    [{ LINLI_OPEN311_CONTACT: 'the office' }, /LINLI_HTTP_PORT: is needed by LINLI_OPEN311_CONTACT/u],
    [{ LINLI_OPEN311_JURISDICTION: 'linli.example' }, /is needed by LINLI_OPEN311_JURISDICTION/u],
  ])('%o is refused with a remedy', (environment, told) => {
    expect(() => readConfig(environment)).toThrow(told)
  })
})

describe('the keys, on the command line', () => {
  test('are shown once, listed without what is secret, and taken back', async () => {
    await ownDataFolder()
    const added = await linli(['api-key', 'add', 'fume', '--scope', 'alarms', '--scope', 'read'])
    expect(added.out[0]).toMatch(/^linli_[\w-]{43}$/u)
    const listed = await linli(['api-key', 'list'])
    expect(listed.out).toEqual([
      expect.stringMatching(/^[0-9a-f]{12} {2}fume {2}alarms, read {2}made .* never used$/u),
    ])
    const { id } = JSON.parse((await linli(['api-key', 'list', '--json'])).out[0] ?? '') as { id: string }
    expect((await linli(['api-key', 'revoke', id])).out).toEqual([`taken back: fume (${id})`])
    expect((await linli(['api-key', 'list'])).out[0]).toMatch(/taken back$/u)
  })

  test('say what is wrong with a name, a scope, and a key that is not there', async () => {
    await ownDataFolder()
    expect((await linli(['api-key', 'add', 'a b', '--scope', 'alarms'])).errors).toMatch(
      /'name': a name of 1 to 40/u,
    )
    expect((await linli(['api-key', 'add', 'x', '--scope', 'all'])).errors).toMatch(
      /one of alarms, approve, notices, open311, read/u,
    )
    expect((await linli(['api-key', 'add', 'x'])).errors).toMatch(/--scope/u)
    expect((await linli(['api-key', 'revoke', 'x'])).errors).toMatch(/no valid api key x/u)
  })
})

describe('a running bot', () => {
  test('answers on its port until it is stopped, and a second one is told that the port is in use', async () => {
    const port = await freePort()
    await ownDataFolder()
    const { bot } = await startBot(port)
    const added = await linli(['api-key', 'add', 'fume', '--scope', 'alarms'])
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/alarms`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${added.out[0]}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: 'F-1', kind: '油烟', state: 'raised', at: new Date().toISOString() }),
    })
    expect([response.status, await response.json()]).toMatchObject([201, { done: 'opened' }])
    expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toEqual({
      ready: true,
      reasons: [],
    })

    await ownDataFolder()
    const second = await startBot(port)
    expect(second.said).toContain(`port ${port} of 127.0.0.1 is in use: choose another LINLI_HTTP_PORT`)
    expect(second.bot.exitCode).toBe(1)

    const ended = new Promise<number | null>((resolve) => bot.once('exit', resolve))
    bot.kill('SIGTERM')
    expect(await ended).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
  }, 120_000)

  test('that is killed twice while alarms come in loses none and doubles none', async () => {
    const port = await freePort()
    await ownDataFolder()
    let { bot } = await startBot(port)
    const [key = ''] = (await linli(['api-key', 'add', 'fume', '--scope', 'alarms'])).out
    const at = new Date().toISOString()
    let answered = 0
    /** As platforms do: again and again until they hear that it was kept. */
    const report = async (id: string) => {
      for (;;) {
        const body = JSON.stringify({ id, kind: '油烟', state: 'raised', at, place: `${id.slice(2)}号楼` })
        const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
        const url = `http://127.0.0.1:${port}/api/v1/alarms`
        const ok = await fetch(url, { method: 'POST', headers, body }).then(
          (response) => response.ok,
          () => false,
        )
        if (ok) break
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      answered += 1
    }
    const all = Array.from({ length: 60 }, (_, at) => report(`F-${at + 1}`))
    for (const enough of [15, 40]) {
      while (answered < enough) await new Promise((resolve) => setTimeout(resolve, 5))
      const gone = new Promise((resolve) => bot.once('exit', resolve))
      bot.kill('SIGKILL')
      await gone
      bot = (await startBot(port)).bot
    }
    await Promise.all(all)
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(metrics).toContain('linli_tickets{state="dispatched"} 60')
  }, 300_000)

  test('is looked over by doctor: the port, the keys, the groups that alarms belong to', async () => {
    const folder = await ownDataFolder()
    await mkdir(join(folder, 'data/settings'), { recursive: true })
    const settings = "levels: {}\ntext: ['{name}']\nkinds: {}\nsystems: { fume: { group: 没有的群 } }\n"
    await writeFile(join(folder, 'data/settings/alarms.yaml'), settings)
    const taken = createServer()
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port))
    })
    onTestFinished(() => new Promise((resolve) => taken.close(() => resolve())))
    process.env['LINLI_HTTP_PORT'] = String(port)
    onTestFinished(() => {
      delete process.env['LINLI_HTTP_PORT']
    })
    const { out, status } = await linli(['doctor'])
    expect(status).toBe(1)
    expect(out).toContain(`✗ HTTP: port ${port} of 127.0.0.1 cannot be opened: something else listens there`)
    expect(out).toContain('– HTTP: nobody has an api key yet')
    expect(out).toContain('✗ alarms.yaml: no group is called 没有的群; such an alarm belongs to none')
  }, 120_000)
})

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A real process; resolves when it says that it runs, or has ended. */
async function startBot(port: number): Promise<{ readonly bot: ChildProcess; readonly said: string }> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts', 'start'], {
    cwd: projectRoot(),
    env: { ...process.env, LINLI_HTTP_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    bot.kill('SIGKILL')
  })
  let said = ''
  bot.stderr?.on('data', (data) => {
    said += data
  })
  const exit = new Promise<void>((resolve) => bot.once('close', () => resolve()))
  const runs = (async () => {
    for await (const line of createInterface({ input: bot.stdout as NodeJS.ReadableStream }))
      if (line.startsWith('stop:')) return
    await exit
  })()
  await Promise.race([runs, exit])
  return { bot, said }
}
