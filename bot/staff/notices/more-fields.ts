import { readLabelled } from '../../../intents/notice-words/reading.ts'
import { parseStaffCommand } from '../../../intents/staff-commands.ts'
import type { CommandResult } from '../../doors/decided.ts'
import { numberOf } from '../../notices/notice-number.ts'
import type { NoticeTemplate } from '../../notices/writing/templates.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import type { NoticeAsked } from './asked.ts'
import { atTheDoor } from './at-the-door.ts'
import { previewed } from './preview.ts'

/** What a template still has room for, said behind its preview: 原因：管道检修, or only 管道检修. */

export type More = Extract<NoticeAsked, { asks: 'more' }>

/** After its preview: nothing is asked, but what is said next may belong to it. */
export function mayFollow(
  situation: Situation,
  outcome: Outcome,
  result: CommandResult,
  said: Pick<More, 'template' | 'fields' | 'text'>,
): Outcome {
  const notice = String(result['notice'])
  const noticeAsked: NoticeAsked = { asks: 'more', notice, ...said, at: situation.now }
  return both(outcome, { memory: { noticeAsked } })
}

/** Undefined when it is of something else. */
export async function addField(
  situation: Situation,
  asked: More,
  text: string,
): Promise<Outcome | undefined> {
  const notice = await situation.reading.get('notices', asked.notice)
  const template = situation.house.noticeTemplates.find(({ name }) => name === asked.template)
  if (notice?.state !== 'draft' || !template || parseStaffCommand(text)) return undefined
  const missing = template.fields.map(({ name }) => name).filter((name) => !asked.fields[name])
  const value = valueIn(asked, missing, text)
  if (value) return filled(situation, asked, template, value)
  if (missing.length === 0 || !looksLikeValue(text)) return undefined
  const words = { text, number: numberOf(notice), fields: missing.map((name) => `“${name}”`).join('或') }
  const noticeAsked: NoticeAsked = { ...asked, pending: text, at: situation.now }
  return both(reply(situation, situation.house.texts.noticeWhichField(words)), { memory: { noticeAsked } })
}

/** 原因：管道检修; or 原因, after it was asked what 管道检修 is for. */
function valueIn(
  { pending }: More,
  missing: readonly string[],
  text: string,
): Readonly<Record<string, string>> | undefined {
  const { fields, rest } = readLabelled(text, missing)
  if (Object.keys(fields).length > 0 && rest === '') return fields
  if (pending === undefined) return undefined
  const [only] = missing
  const name = missing.find((each) => text.includes(each) && [...text].length < each.length + 4)
  const meant =
    name ?? (missing.length === 1 && /^(?:是的?|对的?|嗯|好的?)[。.!！]?$/u.test(text) ? only : undefined)
  return meant === undefined ? undefined : { [meant]: pending }
}

async function filled(
  situation: Situation,
  { notice, text, fields: before }: More,
  { name }: NoticeTemplate,
  value: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const fields = { ...before, ...value }
  const words = { template: name, fields, ...(text !== undefined && { text }) }
  const done = await atTheDoor(
    situation,
    { type: 'notice.revise', notice, ...words },
    numberOf({ id: notice }),
  )
  if ('refused' in done) return done.refused
  const shown = await previewed(situation, done.outcome, done.result)
  return mayFollow(situation, shown, done.result, words)
}

/** A few words that neither ask nor thank nor tell of anything: 管道检修. */
function looksLikeValue(text: string): boolean {
  return (
    /^[\p{Script=Han}\d、\s-]{2,14}$/u.test(text) &&
    !/[了吗呢吧谢好没啊哦嗯]|号楼|单元|怎么|什么|收到/u.test(text)
  )
}
