import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../bot/commands/ask.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-ask-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function run(chunks: readonly string[], knowledge?: string) {
  async function* input() {
    yield* chunks
  }
  const printed: unknown[] = []
  const warned: string[] = []
  const status = await ask({
    root,
    input: input(),
    today: '2026-11-18',
    print: (line) => printed.push(JSON.parse(line)),
    warn: (line) => warned.push(line),
    ...(knowledge !== undefined && { knowledge }),
  })
  return { status, printed, warned }
}

describe('the command ask', () => {
  it('answers from the shipped knowledge', async () => {
    const { status, printed, warned } = await run(['{"id":"1","text":"老年证丢了怎么补"}\n'])
    expect({ status, warned }).toEqual({ status: 0, warned: [] })
    expect(printed).toMatchObject([
      {
        id: '1',
        answered: true,
        answer: expect.stringMatching(/^老年证丢了[\s\S]*——《老年人优待证/),
      },
    ])
  })

  it('answers from another folder, and the id of a row is the id of the source', async () => {
    const rows = [
      { id: 'r-7', question: '游泳馆周末几点开门？', answer: '周末早上七点开门。' },
      { id: 'r-8', question: '图书馆借书证丢了怎么补？', answer: '带身份证到前台补办。' },
    ]
    await writeFile(join(folder, 'faq.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
    const { printed } = await run(
      ['{"id":"1","text":"借书证丢了怎么补"}\n{"id":"2","text":"明天下雨吗"}\n'],
      folder,
    )
    expect(printed).toMatchObject([
      { id: '1', answered: true, sources: expect.arrayContaining([expect.objectContaining({ id: 'r-8' })]) },
      { id: '2', answered: false, answer: '' },
    ])
  })

  it('tells of bad lines by number, answers the rest, and ends with status 1', async () => {
    const { status, printed, warned } = await run([
      '{"id":"1","text":"老年证"}\n{oops}\n{"id":"3","text":"狗证","x":1}\n{"id":"4","text":"狗证"}',
    ])
    expect(status).toBe(1)
    expect(printed).toMatchObject([{ id: '1' }, { id: '4' }])
    expect(warned).toEqual([
      expect.stringMatching(/^line 2: /),
      expect.stringMatching(/^line 3: unknown field 'x'/),
    ])
  })

  it('says that an id is text, with an example of one', async () => {
    const { warned } = await run(['{"id":1,"text":"老年证"}\n'])
    expect(warned).toEqual([
      `line 1: 'id': expected text in quotes, such as "1", but 1 came; expected {"id":"…","text":"…"}`,
    ])
    await writeFile(join(folder, 'a.jsonl'), '{"id":1,"question":"问","answer":"答"}\n')
    expect((await run([], folder)).warned[0]).toBe(
      `a.jsonl:1: 'id': expected text in quotes, such as "1", but 1 came`,
    )
  })

  it('tells of empty input', async () => {
    const { status, warned } = await run([])
    expect(status).toBe(1)
    expect(warned).toEqual([expect.stringContaining('input is empty')])
  })

  it('names every bad document at once, with file and line', async () => {
    await writeFile(join(folder, 'a.md'), '---\ntitle: 甲\n')
    await writeFile(join(folder, 'b.jsonl'), '{"id":"1","question":"问","answer":"答"}\n{"id":"2"}\n')
    await writeFile(join(folder, 'c.csv'), 'id,question,answer\n1,问,\n')
    await writeFile(join(folder, 'd.md'), Uint8Array.of(0x23, 0x0a, 0xc4, 0xe3))
    const { status, printed, warned } = await run(['{"id":"1","text":"老年证"}\n'], folder)
    expect(status).toBe(1)
    expect(printed).toEqual([])
    expect(warned.join('\n')).toMatch(
      /a\.md:1: [\s\S]*b\.jsonl:2: [\s\S]*c\.csv:2: [\s\S]*d\.md:2: expected UTF-8/,
    )
  })

  it('tells of ids that come twice, and of a folder that is not there', async () => {
    const row = '{"id":"1","question":"问","answer":"答"}\n'
    await writeFile(join(folder, 'a.jsonl'), row + row)
    await writeFile(join(folder, 'b.csv'), `id,question,answer\n2,问,答\n1,问,答\n`)
    const { warned } = await run([], folder)
    expect(warned[0]?.split('\n')).toEqual([
      "a.jsonl:2: expected every id once, but '1' stands in a.jsonl:1 as well: give one of them another id",
      "b.csv:3: expected every id once, but '1' stands in a.jsonl:1 as well: give one of them another id",
    ])
    expect((await run([], join(folder, 'none'))).warned[0]).toContain('expected a folder')
  })
})
