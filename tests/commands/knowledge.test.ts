import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changeKnowledge, readImports, withKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { documentsIn } from '../../adapters/files/knowledge-folder.ts'
import { type OpenFile, openOnDisk } from '../../adapters/storage/durable-files.ts'
import { docx, paragraph } from '../knowledge/documents/make-files.ts'
import { linli, ownDataFolder } from './terminal.ts'

const whole = 'source: 街道\nnumber: 1号\nissued: 2026-01-01\n'

function policy(question: string, answer: string, more = whole): string {
  return `---\ntitle: 办证\n${more}---\n## ${question}\n${answer}\n`
}

/** A folder with these files in it, in the data folder's parent. */
async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = join(await ownDataFolder(), 'files')
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

async function shelf(): Promise<readonly string[]> {
  return (await linli(['knowledge', 'list'])).out
}

describe('knowledge import', () => {
  test('takes files of several formats, shows what it recognised, and answers come from them alone', async () => {
    const folder = await folderWith({
      '养犬.docx': docx(
        ['养犬须知', '发文字号：示例公〔2026〕8号', '一、登记费用', '每只犬每年登记费200元。'].map((text) =>
          paragraph(text),
        ),
      ),
      '问答.csv': '问题,答案\n游泳馆几点开门？,早上七点。\n',
    })
    const { status, out } = await linli(['knowledge', 'import', folder])
    expect(status).toBe(0)
    expect(out.slice(0, 3)).toEqual([
      'taken: 养犬.docx → 养犬.md: 《养犬须知》, 2 sections',
      '    recognised, please check: 示例公〔2026〕8号',
      'taken: 问答.csv: 1 row',
    ])
    expect(out.at(-1)).toBe('a bot that is started from now on knows this')
    const questions = ['{"id":"1","text":"养犬登记费用多少"}', '{"id":"2","text":"高龄津贴多少岁能领"}']
    const asked = await linli(['ask', '--data', process.env['LINLI_DATA'] ?? ''], questions)
    const [dog, allowance] = asked.out.map((line) => JSON.parse(line) as { sources: { id: string }[] })
    expect(dog?.sources[0]?.id).toBe('养犬#一登记费用')
    expect(allowance?.sources.filter(({ id }) => !/^(养犬|问答)/u.test(id))).toEqual([])
    expect((await linli(['doctor'])).out.join('\n')).toMatch(/✓ knowledge: 3 answers of your own/)
  })

  test('without documents of its own the samples answer, and doctor says so', async () => {
    await ownDataFolder()
    expect((await linli(['doctor'])).out).toContain(
      '– knowledge: the samples answer, and their figures are invented',
    )
    const { out } = await linli(
      ['ask', '--data', process.env['LINLI_DATA'] ?? ''],
      ['{"id":"1","text":"老年证丢了怎么补"}'],
    )
    expect(out[0]).toMatch(/"answered":true/)
    expect(await shelf()).toEqual([
      expect.stringMatching(/no documents .* yet: answers come from the samples/),
    ])
  })

  test('takes nothing when one file is bad, and says what to do about each', async () => {
    const folder = await folderWith({
      'a.md': policy('甲？', '答。'),
      'b.png': Buffer.from('89504e470d0a1a0a', 'hex'),
      'c.docx': 'x',
    })
    const { status, errors, out } = await linli(['knowledge', 'import', folder])
    expect({ status, out }).toEqual({ status: 1, out: [] })
    expect(errors.trim().split('\n')).toEqual([
      expect.stringMatching(/^cannot be taken: b\.png: it is a picture/),
      expect.stringMatching(/^cannot be taken: c\.docx: its ending says \.docx/),
      expect.stringMatching(/^nothing was taken: mend what is named above, or leave it out with --skip-bad/),
    ])
    expect(await shelf()).toEqual([expect.stringMatching(/no documents/)])
    const skipped = await linli(['knowledge', 'import', folder, '--skip-bad'])
    expect(skipped).toMatchObject({ status: 0, errors: expect.stringMatching(/left out: b\.png/) })
    expect((await shelf()).at(-1)).toMatch(/^1 documents, 1 answers/)
  })

  test('--dry-run shows the same and changes nothing, not even a folder', async () => {
    const folder = await folderWith({ 'a.md': policy('甲？', '答。') })
    const { out } = await linli(['knowledge', 'import', folder, '--dry-run'])
    expect(out).toEqual([
      'would take: a.md: 1 section',
      expect.stringMatching(/^--dry-run: nothing was changed/),
    ])
    await expect(readdir(join(folder, '../data'))).rejects.toThrow(/ENOENT/)
  })

  test('knows a file again: the same is left alone, a changed one needs --replace and keeps the old', async () => {
    const folder = await folderWith({ 'a.html': '<html><h1>须知</h1><p>旧的说法。' })
    await linli(['knowledge', 'import', folder])
    expect((await linli(['knowledge', 'import', folder])).out).toEqual([
      'known: a.html: the same as a.md, which is there already',
      'nothing new: nothing was changed',
    ])
    await writeFile(join(folder, 'a.html'), '<html><h1>须知</h1><p>新的说法。')
    const refused = await linli(['knowledge', 'import', folder])
    expect(refused).toMatchObject({
      status: 1,
      errors: expect.stringMatching(
        /a\.html: it has changed since it came in as a\.md\nnothing was taken: replace/,
      ),
    })
    const { out } = await linli(['knowledge', 'import', folder, '--replace'])
    const kept = /lies in (.*): copy it back/u.exec(out.join('\n'))?.[1] ?? ''
    expect(await readFile(join(kept, 'a.md'), 'utf8')).toMatch(/旧的说法/)
    expect(await readFile(join(folder, '../data/knowledge/a.md'), 'utf8')).toMatch(/新的说法/)
  })

  test('two files of one name and different endings are two documents', async () => {
    const folder = await folderWith({
      '指南.html': '<html><h1>甲须知</h1><p>甲。',
      '指南.txt': '乙须知\n一、乙\n文。',
    })
    await linli(['knowledge', 'import', folder])
    expect((await shelf()).slice(0, 2)).toEqual([
      expect.stringMatching(/^指南（html）\.md/),
      expect.stringMatching(/^指南（txt）\.md/),
    ])
  })

  test('an id that another document has already is found before anything is written', async () => {
    const folder = await folderWith({ 'a.jsonl': '{"id":"q1","question":"甲","answer":"答"}\n' })
    await linli(['knowledge', 'import', join(folder, 'a.jsonl')])
    await writeFile(join(folder, 'b.jsonl'), '{"id":"q1","question":"乙","answer":"答"}\n')
    const { status, errors } = await linli(['knowledge', 'import', join(folder, 'b.jsonl')])
    expect({ status, errors }).toEqual({
      status: 1,
      errors: expect.stringMatching(/every id once, but 'q1' came again/),
    })
    expect((await shelf()).at(-1)).toMatch(/^1 documents/)
  })

  test('remove takes a document out by its name or the file it came from, and keeps it aside', async () => {
    const folder = await folderWith({
      'a.md': policy('甲？', '答。'),
      'b.html': '<html><h1>须知</h1><p>文。',
    })
    await linli(['knowledge', 'import', folder])
    expect((await linli(['knowledge', 'remove', 'a', 'c'])).errors).toMatch(
      /there is no c in .*\nnothing was removed/,
    )
    const { out } = await linli(['knowledge', 'remove', 'a', 'b.html'])
    expect(out.slice(0, 2)).toEqual(['removed: a.md', 'removed: b.md'])
    expect(out.join('\n')).toMatch(/history.*copy it back to undo\nno documents of your own are left/)
  })

  test('a backup has the documents, and restore brings them back', async () => {
    const folder = await folderWith({ 'a.md': policy('甲？', '答。') })
    await linli(['knowledge', 'import', folder])
    await linli(['backup', join(folder, '../copy')])
    await linli(['knowledge', 'remove', 'a'])
    await linli(['restore', join(folder, '../copy'), '--force'])
    expect((await shelf())[0]).toMatch(/^a\.md {2}.*from a\.md on/)
  })
})

describe('a change of the knowledge base', () => {
  const full: OpenFile = async (path, flags, mode) => {
    const file = await openOnDisk(path, flags, mode)
    return {
      write: async () => {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      },
      datasync: () => file.datasync(),
      sync: () => file.sync(),
      truncate: (length) => file.truncate(length),
      close: () => file.close(),
    }
  }

  test('leaves everything as it was when the disk is full', async () => {
    const folder = join(await ownDataFolder(), 'knowledge')
    const now = Date.parse('2026-11-18T08:00:00Z')
    const put = (text: string, openFile?: OpenFile) =>
      withKnowledge(folder, () =>
        changeKnowledge(folder, [{ name: 'dir/a.md', text }], {}, { now, ...(openFile && { openFile }) }),
      )
    await put('甲')
    await expect(put('乙', full)).rejects.toThrow(/ENOSPC/)
    expect(await readFile(join(folder, 'dir/a.md'), 'utf8')).toBe('甲')
    expect(await readdir(join(folder, '.linli'))).toEqual(['imports.json'])
  })

  test('that was planned when its process died is finished by the next one, and what was not planned is forgotten', async () => {
    const folder = join(await ownDataFolder(), 'knowledge')
    const planned = join(folder, '.linli/staging-1')
    const begun = join(folder, '.linli/staging-2')
    for (const each of [planned, begun]) {
      await mkdir(join(each, 'files'), { recursive: true })
      await writeFile(join(each, 'files/b.md'), '新')
    }
    await writeFile(join(folder, 'a.md'), '旧')
    await writeFile(join(planned, 'imports.json'), '{"documents":{}}')
    const plan = {
      history: '.linli/history/x',
      changes: [
        { name: 'a.md', put: false },
        { name: 'b.md', put: true },
        { name: 'done.md', put: true },
      ],
    }
    await writeFile(join(planned, 'plan.json'), JSON.stringify(plan))
    // its own move had been made already
    await writeFile(join(folder, 'done.md'), '好')
    const names = await withKnowledge(folder, async () => (await documentsIn(folder)).map(({ file }) => file))
    expect(names).toEqual(['b.md', 'done.md'])
    expect(await readFile(join(folder, '.linli/history/x/a.md'), 'utf8')).toBe('旧')
    expect(await readFile(join(folder, 'done.md'), 'utf8')).toBe('好')
    expect((await readdir(join(folder, '.linli'))).filter((name) => name.startsWith('staging'))).toEqual([])
    expect(await readImports(folder)).toEqual({})
  })
})

describe('knowledge check', () => {
  test('lists what is missing, expired and asked twice, with what to do', async () => {
    const folder = await folderWith({
      'a.md': policy('怎么办证？', '年满60周岁就能办。', `${whole}valid_until: 2020-01-01\n`),
      'b.md': policy('怎么办证', '年满60周岁就能办。', 'source: 街道\n'),
      'c.md': policy('怎么办证', '到社区服务站来登记。'),
    })
    const { status, out } = await linli(['knowledge', 'check', folder])
    expect(status).toBe(1)
    expect(out).toEqual([
      '✗ missing: b.md: number, issued missing: write it into the front matter',
      '✗ expired: a.md: held until 2020-01-01: take it out, or correct valid_until',
      '✗ repeated: b.md “怎么办证” and c.md “怎么办证”: “办证 怎么办证” stands in both: keep one',
      '3 documents, 3 answers, 3 faults: 1 missing, 1 expired, 1 repeated',
    ])
  })

  test('tells machines the same as JSON, and lists questions that find nothing', async () => {
    const folder = await folderWith({
      'a.md': policy('老年证怎么办理？', '到社区服务站登记。'),
      'asked.lst': '老年证怎么办理\n\n游泳馆几点开门\n',
      'b.docx': 'x',
    })
    const { status, out } = await linli([
      'knowledge',
      'check',
      folder,
      '--questions',
      join(folder, 'asked.lst'),
      '--json',
    ])
    expect(status).toBe(0)
    expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kind: 'unreadable', status: 'note', places: ['b.docx'] },
      { kind: 'finds nothing', status: 'note', places: ['游泳馆几点开门'] },
      { kind: 'summary', documents: 1, answers: 1, faults: 0, 'finds nothing': 1 },
    ])
  })

  test('names file and line of what cannot be read', async () => {
    const folder = await folderWith({ 'a.md': '---\ntitel: 甲\n---\n## 问\n答\n' })
    const { status, out } = await linli(['knowledge', 'check', folder])
    expect(status).toBe(1)
    expect(out[0]).toMatch(/^✗ unreadable: a\.md:2: .*title: expected some text/)
  })
})
