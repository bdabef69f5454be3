import type { NoticeTemplate } from '../../notices/writing/templates.ts'
import type { Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import { exampleFor } from './at-the-door.ts'
import { addressees } from './known-names.ts'

/** 通知模板: which there are; 停水模板: how one is filled in, to be copied. Undefined: no such template, and perhaps none was meant. */
export async function showTemplates(
  situation: Situation,
  name: string | undefined,
  sure: boolean,
): Promise<Outcome | undefined> {
  const { house, reading } = situation
  const { texts, noticeTemplates } = house
  const names = noticeTemplates.map((template) => template.name)
  const whom = exampleFor(situation, await addressees(reading))
  if (name === undefined) {
    const [first] = noticeTemplates
    const example = first ? filled(first, whom) : ''
    return reply(situation, texts.noticeTemplates({ names: names.join('、'), example }))
  }
  const template =
    noticeTemplates.find((each) => each.name === name) ??
    noticeTemplates.find(({ also }) => also.includes(name))
  if (template) {
    const optional = template.fields.filter(({ required }) => !required).map((field) => field.name)
    const words = { name: template.name, example: filled(template, whom), text: template.text.trim() }
    const said = texts.noticeTemplate(words)
    const more = optional.length > 0 ? texts.noticeTemplateOptional({ fields: optional.join('、') }) : ''
    return reply(situation, `${said}${more}`)
  }
  return sure ? reply(situation, texts.noticeUnknownTemplate({ name, known: names.join('、') })) : undefined
}

/** 通知 停水 幸福里社区 业主群 时间：明早8点到12点 范围：1-6号楼 */
function filled({ name, fields }: NoticeTemplate, whom: string): string {
  const values = fields.filter(({ required }) => required).map((field) => `${field.name}：${field.example}`)
  return ['通知', name, whom, ...values].join(' ')
}
