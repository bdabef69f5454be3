import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../adapters/documents/read-document.ts'
import { parsePolicy } from '../../../knowledge/policy-markdown.ts'
import { parseQuestionTable } from '../../../knowledge/question-rows.ts'
import {
  docx,
  footnoted,
  gb18030,
  type PdfLine,
  paragraph,
  pdf,
  wordPicture,
  wordTable,
  xlsx,
} from './make-files.ts'

async function passagesOf(name: string, bytes: Buffer) {
  const read = await readDocument(name, bytes)
  const parse = read.ending === '.md' ? parsePolicy : parseQuestionTable
  const { passages, problems } = parse(`a${read.ending}`, read.text)
  expect(problems).toEqual([])
  expect(passages).toHaveLength(read.passages)
  return { ...read, sections: passages }
}

describe('a Word document', () => {
  const body = [
    ...[paragraph('养犬登记办法', 'a'), paragraph('示例公〔2026〕8号'), paragraph('适用范围', '1')],
    ...[paragraph('本办法适用于本市城区。'), wordPicture, paragraph('登记', '1'), paragraph('费用', '2')],
    wordTable([
      ['项目', '金额', '说明'],
      ['登记', '200元', '每年'],
      ['芯片', '免费', ''],
    ]),
    ...[footnoted('带上疫苗本。'), paragraph('空着', '1')],
  ]

  test('keeps its headings as paths, and its tables as lines that can be read', async () => {
    const { sections } = await passagesOf('养犬.docx', docx(body, { footnote: '免疫证明。' }))
    expect(sections).toMatchObject([
      {
        heading: '适用范围',
        text: '本办法适用于本市城区。',
        title: '养犬登记办法',
        number: '示例公〔2026〕8号',
      },
      {
        heading: '登记 > 费用',
        text: '项目：登记；金额：200元；说明：每年\n项目：芯片；金额：免费\n带上疫苗本。',
      },
    ])
  })

  test('says which pictures, footnotes and empty headings it could not take', async () => {
    const { lost } = await passagesOf('养犬.docx', docx(body, { footnote: '免疫证明。' }))
    expect(lost).toEqual(['1 picture', '1 footnote', '1 heading without text (空着)'])
  })

  test('without any heading styles has the headings that its numbers make', async () => {
    const { sections } = await passagesOf(
      '通知.docx',
      docx(
        ['停水通知', '一、停水时间', '11月20日上午。', '二、请您准备', '先把水接好。'].map((text) =>
          paragraph(text),
        ),
      ),
    )
    expect(sections.map(({ heading, title }) => [title, heading])).toEqual([
      ['停水通知', '一、停水时间'],
      ['停水通知', '二、请您准备'],
    ])
  })
})

describe('a PDF with text', () => {
  const line = (text: string, y: number, x = 72, size = 12): PdfLine => ({ text, x, y, size })
  const pages = [
    [
      ...[line('暖气费收缴办法', 780, 200, 20), line('示例建〔2026〕3号', 750, 240)],
      ...[
        line('第一条　为了规范供暖收费，保障居民冬季取暖，根据本市实际情况制定', 720, 96),
        line('本办法。', 704),
      ],
      ...[line('第二条　收费标准为每平方米19元，按套内面积计算。', 688, 96), line('- 1 -', 40, 290)],
    ],
    [
      ...[line('第三条　低保家庭减半。', 780, 96), line('示例市住房局', 700, 400)],
      ...[line('2026年3月1日', 684, 400), line('- 2 -', 40, 290)],
    ],
  ]

  test('has its lines joined to paragraphs across lines and pages, without page numbers', async () => {
    const { sections } = await passagesOf('供暖.pdf', pdf(pages))
    expect(sections.map(({ heading, text }) => [heading, text])).toEqual([
      ['第一条 为了规范供暖收费', '第一条 为了规范供暖收费，保障居民冬季取暖，根据本市实际情况制定本办法。'],
      ['第二条 收费标准为每平方米19元', '第二条 收费标准为每平方米19元，按套内面积计算。'],
      ['第三条 低保家庭减半', '第三条 低保家庭减半。'],
    ])
  })

  test('tells its title, number, date and office where they stand plainly', async () => {
    const { recognised } = await passagesOf('供暖.pdf', pdf(pages))
    expect(recognised).toMatchObject({
      ...{
        title: '暖气费收缴办法',
        number: '示例建〔2026〕3号',
        issued: '2026-03-01',
        source: '示例市住房局',
      },
    })
  })

  test('is read when its font is not embedded and its text is coded in GBK', async () => {
    const lines = [
      line('装修时间须知', 780, 200, 20),
      line('一、时间', 740),
      line('每天八点到十二点可以施工，其他时间不可以。', 720),
    ]
    const { sections } = await passagesOf('装修.pdf', pdf([lines], { coding: 'gbk' }))
    expect(sections).toMatchObject([
      { heading: '一、时间', text: '每天八点到十二点可以施工，其他时间不可以。' },
    ])
  })

  test('with a page that is a picture says which page', async () => {
    const long = '这一页有足够多的文字，可以读出来，后一页是扫描的图片。'
    const { lost } = await passagesOf('半.pdf', pdf([[line('须知', 780), line(long, 740)], [line('2', 40)]]))
    expect(lost).toEqual(['page 2: hardly any text, perhaps a picture'])
  })
})

describe('a table of questions and answers', () => {
  test('in Excel is found below a title, in the sheet that has one, with its dates and tags', async () => {
    const book = xlsx([
      { name: '说明', rows: [['填表说明', '略']] },
      {
        name: '常见问题',
        rows: [
          ['社区问答表'],
          ['序号', '问题（必填）', '答案', '发布日期', '电话', '标签', '备注'],
          [1, '老年证去哪办？', '到服务站办。', { day: 46082 }, 88001234, '老人、证件', '无'],
          [],
          [2, '几点上班？', '八点半。'],
        ],
      },
    ])
    const { sections, lost } = await passagesOf('问答.xlsx', book)
    expect(sections).toEqual([
      {
        ...{
          id: '问答-常见问题-3',
          title: '',
          heading: '老年证去哪办？',
          text: '到服务站办。',
          alsoAsked: [],
        },
        ...{ issued: '2026-03-01', phone: '88001234', tags: ['老人', '证件'] },
      },
      {
        id: '问答-常见问题-5',
        title: '',
        heading: '几点上班？',
        text: '八点半。',
        alsoAsked: [],
        tags: [],
      },
    ])
    expect(lost).toEqual(['columns 备注', 'sheet 说明: no columns 问题 and 答案'])
  })

  test.each([
    ['GB18030', gb18030('问题,答案\n"几点,上班？",八点半。\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF问题,答案\n"几点,上班？",八点半。\n')],
    [
      'UTF-16, as Excel saves “Unicode text”',
      Buffer.from('\uFEFF问题\t答案\n几点,上班？\t八点半。\n', 'utf16le'),
    ],
  ])('as CSV is read in %s', async (_, bytes) => {
    const { sections } = await passagesOf('问答.csv', bytes)
    expect(sections).toMatchObject([{ id: '问答-2', heading: '几点,上班？', text: '八点半。', title: '' }])
  })

  test('as JSONL keeps ids and may have Chinese keys', async () => {
    const rows = '{"id":"q1","question":"问","answer":"答"}\n{"问题":"几点上班？","答案":"八点半。"}\n'
    const { text, passages } = await readDocument('a.jsonl', Buffer.from(rows))
    expect(passages).toBe(2)
    expect(text).toBe(
      '{"id":"q1","question":"问","answer":"答"}\n{"id":"a-2","question":"几点上班？","answer":"八点半。"}\n',
    )
  })

  test('tells each row that has no answer, and takes the others', async () => {
    const { faults, passages } = await readDocument(
      'a.csv',
      Buffer.from('问题,答案,日期\n甲？,答,\n乙？,,\n丙？,答,去年\n'),
    )
    expect(passages).toBe(1)
    expect(faults).toEqual([
      expect.stringMatching(/^row 3: expected 'answer'/),
      "row 4: expected 'issued' as a day such as 2026-03-01, but came '去年'",
    ])
  })
})

describe('a web page', () => {
  const page = `<html><head><meta charset="gb2312"><title>门户</title><meta name="ArticleTitle" content="装修管理须知">
    <meta name="PubDate" content="2026-02-03 10:00"><meta name="ContentSource" content="示例市住房局"></head>
    <body><nav>首页｜登录</nav><div class="TRS_Editor"><p>为加强管理，须知如下。</p><h2>施工时间</h2>
    <p>每天8点到12点<br>下午2点到6点</p><ul><li>周末不施工<li>节日不施工</ul>
    <table><tr><th>项目</th><th>押金</th><th>退还</th></tr><tr><td>水电</td><td>1000元</td><td rowspan=2>验收后</td></tr>
    <tr><td>拆墙</td><td>3000元</td></tr></table><img src=x><p style="display:none">暗</p></div><footer>版权</footer></body></html>`

  test('gives the text itself, without what stands around it', async () => {
    const { sections, lost } = await passagesOf('a.html', gb18030(page))
    expect(sections).toMatchObject([
      {
        heading: '',
        text: '为加强管理，须知如下。',
        title: '装修管理须知',
        source: '示例市住房局',
        issued: '2026-02-03',
      },
      {
        heading: '施工时间',
        text: '每天8点到12点\n下午2点到6点\n- 周末不施工\n- 节日不施工\n项目：水电；押金：1000元；退还：验收后\n项目：拆墙；押金：3000元；退还：验收后',
      },
    ])
    expect(lost).toEqual(['1 picture'])
  })
})

test('a table whose cells say that they span more than anybody draws is told to be looked at', async () => {
  const page =
    '<h1>甲</h1><table><tr><th>项目</th><th>押金</th></tr><tr><td rowspan=99999999>水电</td><td>1000元</td></tr><tr><td>2000元</td></tr></table>'
  const { sections, lost } = await passagesOf('a.html', Buffer.from(`<html>${page}`))
  expect(sections).toMatchObject([{ text: '项目：水电；押金：1000元\n项目：水电；押金：2000元' }])
  expect(lost).toEqual(['a table cell that says it spans 99999999 rows: compare the table'])
})

test('of a table with more rows than anybody reads the rest is told as not taken', async () => {
  const rows = '<tr><td>甲</td><td>乙</td></tr>'.repeat(5001)
  const { lost } = await passagesOf('a.html', Buffer.from(`<html><h1>甲</h1><table>${rows}</table>`))
  expect(lost).toEqual(['1 row of a table with 5001'])
})

test('a list of one item before a paragraph is a heading that its program numbers; other lists stay lists', async () => {
  const page =
    '<h1>须知</h1><ol><li>材料</li></ol><p>身份证。</p><ol><li>时间</li></ol><p>五天。</p><ol><li>一</li><li>二</li></ol>'
  const { sections } = await passagesOf('a.html', Buffer.from(`<html>${page}`))
  expect(sections).toMatchObject([
    { heading: '材料', text: '身份证。' },
    { heading: '时间', text: '五天。\n- 一\n- 二' },
  ])
})

test('bold lines of a page are its headings where it has no others', async () => {
  const page =
    '<p><b>养犬须知</b></p><p><b>一、登记</b></p><p>要登记。</p><p><strong>费用</strong></p><p>二百<b>元</b>。</p>'
  const { sections } = await passagesOf('a.html', Buffer.from(`<html>${page}`))
  expect(sections).toMatchObject([
    { title: '养犬须知', heading: '一、登记', text: '要登记。' },
    { heading: '一、登记 > 费用', text: '二百元。' },
  ])
})

describe('Markdown', () => {
  test('of ours stays as it was written', async () => {
    const text = '---\ntitle: 办证\n---\n## 去哪办？\n问法：在哪办\n服务站。\n'
    expect(await readDocument('a.md', Buffer.from(text))).toMatchObject({ text, passages: 1, lost: [] })
  })

  test('of others keeps headings of every depth and the words of its links', async () => {
    const text =
      '办证指南\n====\n\n# 材料\n\n### 照片\n\n**两张**[一寸照](http://x)![图](y.png)\n\n# 时间\n\n五天\n'
    const { sections, lost } = await passagesOf('a.md', Buffer.from(text))
    expect(sections).toMatchObject([
      { heading: '材料 > 照片', text: '两张一寸照' },
      { heading: '时间', text: '五天' },
    ])
    expect(lost).toEqual(['1 picture', '1 heading without text (办证指南)'])
  })
})

test('a line of the text that begins like a heading of Markdown stays text', async () => {
  const { sections } = await passagesOf('a.txt', Buffer.from('停车须知\n一、收费\n# 号楼前每月100元\n'))
  expect(sections).toMatchObject([{ heading: '一、收费', text: '＃ 号楼前每月100元' }])
})
