import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLikenesses } from '../../adapters/llm/likeness.ts'
import { openVectorShelf } from '../../adapters/llm/vector-shelf.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { type Answer, json, modelFor, startServer, status, type TestServer } from './model-server.ts'

let server: TestServer
let folder = ''
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  server.asked.length = 0
  folder = await mkdtemp(join(tmpdir(), 'linli-vectors-'))
})
afterEach(() => rm(folder, { recursive: true }))

const today = '2026-11-18'

function passage(id: string, heading: string): Passage {
  return { id, title: '', heading, alsoAsked: [], text: '详见窗口公告。', tags: [] }
}

/** Only somebody who knows meanings sees that the mute is no key: the words fit the locksmith better. */
const passages = [
  passage('lock', '钥匙丢了开锁多少钱？'),
  passage('card', '门禁卡遗失如何补领？'),
  passage('pool', '游泳馆什么时候开放？'),
]

/** Fixed vectors: what is about entry cards points one way, everything else another. */
const meanings: Answer = ({ body, ...rest }, response) => {
  const data = (body.input ?? []).map((text, index) => ({
    index,
    embedding: /门禁|刷的那个小牌/u.test(text) ? [1, 0.1] : [0.1, 1],
  }))
  json({ data, usage: { total_tokens: 7 } })({ body, ...rest }, response)
}

const question = '开门刷的那个小牌丢了'

async function likenesses() {
  const shelf = await openVectorShelf(folder, 'small-embedding')
  return createLikenesses({ model: modelFor(server).model, shelf, timeoutMs: 300 })
}

describe('a second opinion by vectors', () => {
  test('brings forward the passage that means the same in other words', async () => {
    server.script(meanings)
    const both = await likenesses()
    await both.build(passages)
    const likeness = await both.likenessTo(question)
    const knowledge = createKnowledge(passages)
    const words = knowledge.ask(question, { today })
    const helped = knowledge.ask(question, { today, ...(likeness && { likeness }) })
    expect(words.sources[0]?.id).not.toBe('card')
    expect(helped.sources[0]?.id).toBe('card')
  })

  test('makes surer where both agree, and less sure where they differ', async () => {
    const knowledge = createKnowledge(passages)
    const asked = '门禁卡遗失如何补领'
    const alone = knowledge.ask(asked, { today }).confidence
    const agreeing = knowledge.ask(asked, { today, likeness: ({ id }) => (id === 'card' ? 1 : 0) })
    const differing = knowledge.ask(asked, { today, likeness: ({ id }) => (id === 'lock' ? 1 : 0) })
    expect(agreeing.confidence).toBeGreaterThan(alone)
    expect(differing.confidence).toBeLessThan(alone)
    expect(differing.sources[0]?.id).toBe('card')
  })

  test('changes nothing when no passage has a vector', () => {
    const knowledge = createKnowledge(passages)
    const alone = knowledge.ask(question, { today })
    expect(knowledge.ask(question, { today, likeness: () => undefined })).toEqual(alone)
  })

  test.each([
    ['fails', status(500)],
    ['is silent too long', (() => undefined) as Answer],
  ])('is not waited for when the server %s: the local order stands', async (_, answer) => {
    server.script(answer)
    const both = await likenesses()
    expect(await both.likenessTo(question)).toBeUndefined()
  })

  test('sends no phone number out of the house', async () => {
    server.script(meanings)
    const both = await likenesses()
    await both.likenessTo('补卡打13800138000吗')
    expect(server.asked[0]?.body.input).toEqual(['补卡打[电话]吗'])
  })
})

describe('vectors on disk', () => {
  const counts = () => server.asked.map(({ body }) => body.input?.length)

  test('are asked for once, whoever starts again', async () => {
    server.script(meanings)
    await (await likenesses()).build(passages)
    await (await likenesses()).build(passages)
    expect(counts()).toEqual([3])
  })

  test('are asked for anew for what has changed, and for nothing else', async () => {
    server.script(meanings)
    await (await likenesses()).build(passages)
    await (await likenesses()).build([...passages, passage('new', '装修押金多久退？')])
    expect(counts()).toEqual([3, 1])
  })

  test('go on where a failing server ended them', async () => {
    const many = Array.from({ length: 100 }, (_, at) => passage(`p${at}`, `第${at}条怎么办？`))
    server.script(meanings, status(500))
    const steps: number[] = []
    await (await likenesses()).build(many, { onProgress: (done) => steps.push(done) })
    server.script(meanings)
    await (await likenesses()).build(many, { onProgress: (done) => steps.push(done) })
    expect(counts()).toEqual([64, 36, 36])
    expect(steps).toEqual([64, 36])
  })

  test('are kept apart by model', async () => {
    server.script(meanings)
    await (await likenesses()).build(passages)
    const other = await openVectorShelf(folder, 'another-embedding')
    await createLikenesses({ model: modelFor(server).model, shelf: other }).build(passages)
    expect(counts()).toEqual([3, 3])
    expect(await readdir(folder)).toHaveLength(2)
  })

  test('lose half a line after a crash, and only that', async () => {
    server.script(meanings)
    await (await likenesses()).build(passages)
    const [file = ''] = await readdir(folder)
    const text = await readFile(join(folder, file), 'utf8')
    await writeFile(join(folder, file), text.slice(0, -20))
    await (await likenesses()).build(passages)
    await (await likenesses()).build(passages)
    expect(counts()).toEqual([3, 1])
  })

  test('are thrown away when the file is not ours', async () => {
    server.script(meanings)
    await (await likenesses()).build(passages)
    const [file = ''] = await readdir(folder)
    await writeFile(join(folder, file), 'something else\n')
    await (await likenesses()).build(passages)
    expect(counts()).toEqual([3, 3])
  })
})
