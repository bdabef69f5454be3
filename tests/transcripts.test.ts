import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { projectRoot } from '../adapters/files/project-root.ts'
import { replay } from '../bot/commands/replay.ts'
import type { Action } from '../bot/replay/actions.ts'
import { realLore } from './bot/stage.ts'
import { differences, type Expectation, expectationSchema } from './transcripts/expectation.ts'

/** Mornings, quarrels and nights of such groups, replayed through the whole bot: see transcripts/README.md. */

const root = projectRoot()
const folder = join(root, 'tests/transcripts')
const transcripts = (await readdir(folder))
  .filter((file) => file.endsWith('.jsonl') && !file.endsWith('.expected.jsonl'))
  .map((file) => file.replace(/\.jsonl$/, ''))
  .sort()

async function replayed(file: string, data?: string): Promise<readonly string[]> {
  const printed: string[] = []
  const print = (line: string) => printed.push(line)
  await replay({ file, root, print, lore: await realLore(), ...(data !== undefined && { data }) })
  return printed
}

const kept = new Map<string, Promise<readonly string[]>>()

/** Each transcript once for all its expectations. */
function firstReplay(name: string): Promise<readonly string[]> {
  const printed = kept.get(name) ?? replayed(join(folder, `${name}.jsonl`))
  kept.set(name, printed)
  return printed
}

async function actionsOf(name: string): Promise<readonly Action[]> {
  return (await firstReplay(name)).map((line) => JSON.parse(line) as Action)
}

async function linesOf(name: string): Promise<readonly { readonly at: string }[]> {
  const text = await readFile(join(folder, `${name}.jsonl`), 'utf8')
  return z.array(z.object({ at: z.string() })).parse(rowsOf(text))
}

function rowsOf(text: string): unknown[] {
  const rows = text.split('\n').filter((line) => line !== '')
  return rows.map((line) => JSON.parse(line) as unknown)
}

const expectations = new Map<string, readonly Expectation[]>()
for (const name of transcripts) {
  const text = await readFile(join(folder, `${name}.expected.jsonl`), 'utf8')
  expectations.set(name, z.array(expectationSchema).parse(rowsOf(text)))
}

test('there are at least fourteen transcripts, each with what is expected of it', () => {
  expect(transcripts.length).toBeGreaterThanOrEqual(14)
  for (const name of transcripts) expect(expectations.get(name)?.length, name).toBeGreaterThanOrEqual(3)
})

describe.each(transcripts)('%s', (name) => {
  const promised = expectations.get(name) ?? []
  test.each(promised.map((each) => [each.say, each] as const))('%s', async (_, expectation) => {
    expect(differences(expectation, await actionsOf(name), await linesOf(name))).toEqual([])
  })
})

async function workFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'linli-transcripts-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

describe('a replay', () => {
  test.each(transcripts)('of %s gives the same bytes twice', async (name) => {
    const first = await firstReplay(name)
    expect(first.length).toBeGreaterThan(0)
    expect(await replayed(join(folder, `${name}.jsonl`))).toEqual(first)
  })

  test('in two parts with --data is the whole, and repeats nothing', async () => {
    const work = await workFolder()
    const lines = (await readFile(join(folder, 'workers-day.jsonl'), 'utf8')).trim().split('\n')
    const half = join(work, 'half.jsonl')
    const data = join(work, 'data')
    await writeFile(half, lines.slice(0, 5).join('\n'))
    const first = await replayed(half, data)
    const second = await replayed(join(folder, 'workers-day.jsonl'), data)
    const whole = await replayed(join(folder, 'workers-day.jsonl'))
    expect([...first, ...second]).toEqual(whole)
    expect(await replayed(join(folder, 'workers-day.jsonl'), data)).toEqual([])
  })

  test('with --data fires what fell due before the first new line, also to people whom that file does not name', async () => {
    const work = await workFolder()
    const [monday, tuesday] = [join(work, 'monday.jsonl'), join(work, 'tuesday.jsonl')]
    const say = (at: string, from: string, text: string, more: object = {}) =>
      JSON.stringify({ at: `2026-11-${at}:00+08:00`, group: '桂花园业主群', from, text, ...more })
    await writeFile(
      monday,
      [
        say('16T09:00', '网格员小赵', '大家早', { role: 'grid_worker' }),
        say('16T09:20', '冯女士', '5号楼停水了'),
      ].join('\n'),
    )
    await writeFile(tuesday, say('17T19:00', '李婶', '大家晚上好'))
    const data = join(work, 'data')
    await replayed(monday, data)
    const actions = (await replayed(tuesday, data)).map((line) => JSON.parse(line) as Action)
    expect(actions.map(({ type, to, line }) => ({ type, to, line }))).toEqual([
      { type: 'alert', to: '网格员小赵', line: undefined },
      { type: 'alert', to: 'grid_leader', line: undefined },
      { type: 'silence', to: undefined, line: 1 },
    ])
  })

  const good = '{"at":"2026-11-18T09:00:00+08:00","from":"冯女士","text":"3号楼2单元电梯坏了"}'
  const bad = [
    ['no JSON', 'hello', 'line 2: JSON was expected'],
    ['an unknown field', good.replace('"from"', '"room":1,"from"'), 'line 2'],
    ['an earlier time', good.replace('09:00', '08:00'), 'line 2: at must not be earlier'],
    ['a time without offset', good.replace('+08:00', ''), 'line 2: at'],
    ['neither text nor image', good.replace(/,"text":"[^"]*"/, ''), 'line 2'],
    ['an unknown role', good.replace('"text"', '"role":"king","text"'), 'line 2: role'],
    ['no speaker', good.replace('"from":"冯女士",', ''), 'line 2: from'],
  ] as const

  test.each(bad)('of a file with %s does nothing, and names the line', async (_, line, message) => {
    const work = await workFolder()
    const file = join(work, 'bad.jsonl')
    await writeFile(file, `${good}\n${line}\n`)
    const printed: string[] = []
    const print = (each: string) => printed.push(each)
    const data = join(work, 'data')
    await expect(replay({ file, root, print, data, lore: await realLore() })).rejects.toThrow(message)
    expect(printed).toEqual([])
    expect(await readdir(work)).toEqual(['bad.jsonl'])
  })

  test('of an empty file, or of one that is not UTF-8, says what was expected', async () => {
    const work = await workFolder()
    const file = join(work, 'empty.jsonl')
    await writeFile(file, '\n')
    await expect(replayed(file)).rejects.toThrow('the file is empty')
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x00]))
    await expect(replayed(file)).rejects.toThrow('not UTF-8')
  })
})
