/** Which column of a table of questions and answers is what, by the names people give them. */

export const rowFields = [
  'id',
  'question',
  'answer',
  'title',
  'asked',
  'source',
  'number',
  'issued',
  'valid_until',
  'region',
  'tags',
  'phone',
  'url',
] as const
export type RowField = (typeof rowFields)[number]

const names: Readonly<Record<RowField, readonly string[]>> = {
  id: ['id'],
  question: [
    'question',
    '问题',
    '问',
    '标题',
    '提问',
    '咨询问题',
    '常见问题',
    '咨询内容',
    '问题标题',
    '问题内容',
    'q',
  ],
  answer: [
    'answer',
    '答案',
    '回答',
    '答复',
    '答',
    '解答',
    '回复',
    '答复内容',
    '回复内容',
    '答案内容',
    '标准答案',
    'a',
  ],
  title: ['title', '文件', '文件名', '文件名称', '政策名称', '所属文件', '文件标题', '事项', '事项名称'],
  asked: ['asked', '问法', '其他问法', '相似问', '相似问法', '相似问题', 'alsoasked'],
  source: ['source', '来源', '答复单位', '发布单位', '发文单位', '责任部门', '部门', '单位', '出处'],
  number: ['number', '文号', '发文字号'],
  issued: ['issued', '日期', '发布日期', '发布时间', '答复日期', '答复时间', '时间', 'date'],
  valid_until: ['validuntil', '有效期', '有效期至', '截止日期', '失效日期', '到期日'],
  region: ['region', '地区', '区域', '适用地区', '适用区域'],
  tags: ['tags', '标签', '分类', '类别', '关键词', 'tag', 'category'],
  phone: ['phone', '电话', '咨询电话', '联系电话', 'tel'],
  url: ['url', '网址', '链接', '原文链接', 'link'],
}
/** Columns that number or annotate rows: leaving them out loses nothing that could be an answer. */
const counting = new Set(['序号', '编号', 'no', '#', ''])

export interface Columns {
  /** By place in the row; undefined where the column means nothing to us. */
  readonly fields: readonly (RowField | undefined)[]
  /** Names of columns that are not taken. */
  readonly others: readonly string[]
}

/** @returns undefined when the cells are no header: a question and an answer must be among them */
export function readColumns(cells: readonly string[]): Columns | undefined {
  const plain = cells.map(plainName)
  const fields: (RowField | undefined)[] = plain.map(() => undefined)
  const taken = new Set<RowField>()
  // an exact 问题 makes 标题 beside it the title of a document
  const heads = ['question', '问题', '问', '提问', '咨询问题', '常见问题', '咨询内容', '问题内容']
  const hasQuestion = plain.some((name) => heads.includes(name))
  for (const field of rowFields) {
    const wanted = field === 'title' && hasQuestion ? ['标题', ...names.title] : names[field]
    const barred = field === 'question' && hasQuestion ? ['标题', '问题标题'] : []
    // the better name first: 发布日期 gives way to 日期 only when both are there
    for (const name of wanted) {
      const at = plain.findIndex((each, place) => each === name && fields[place] === undefined)
      if (at === -1 || taken.has(field) || barred.includes(name)) continue
      fields[at] = field
      taken.add(field)
    }
  }
  if (!taken.has('question') || !taken.has('answer')) return undefined
  const others = cells.filter((_, at) => fields[at] === undefined && !counting.has(plain[at] ?? ''))
  return { fields, others: others.map((each) => each.trim()) }
}

/** 问题（必填） and “ Question ” as 问题 and question. */
function plainName(cell: string): string {
  return cell
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|[\s*_:：、.-]/gu, '')
}
