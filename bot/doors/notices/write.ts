import type { House } from '../../house.ts'
import { nextNoticeId } from '../../notices/next-notice-id.ts'
import type { Notice, Targets } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { asksForReceipt } from '../../notices/residents/receipt-words.ts'
import { stepped } from '../../notices/step.ts'
import { assertEnd, assertSchedule, defaultExpiry } from '../../notices/times/schedule.ts'
import { assertAttachment } from '../../notices/writing/check-attachment.ts'
import { checkedText } from '../../notices/writing/check-text.ts'
import { reasonsNow } from '../../notices/writing/reasons-now.ts'
import { groupsOf, readTargets, targetWords } from '../../notices/writing/targets.ts'
import { endOfField, fillTemplate, templateNamed } from '../../notices/writing/templates.ts'
import type { Outcome } from '../../outcome.ts'
import type { Put, Reading } from '../../reading.ts'
import { type Actor, byOf, type Command } from '../command.ts'
import type { Decided } from '../decided.ts'
import { followingText } from './following-text.ts'
import { beginOf, previewOf } from './preview-of.ts'
import { assertMayRun, assertMayWriteTo, noticeIn } from './whose-notice.ts'

type Write = Command & { readonly type: 'notice.write' }
type Revise = Command & { readonly type: 'notice.revise' }

/** What a notice is made of, after its words were put together and its targets found. */
export type Content = Pick<Notice, 'text' | 'targets' | 'targetWords' | 'emergency' | 'receipt'> &
  Partial<Pick<Notice, 'attachment' | 'template' | 'follows' | 'sendAt' | 'repeat'>> & {
    readonly expiresAt?: number | undefined
  }

/** A draft, and the preview of it: nothing is sent before its author submits it. */
export async function writeNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Write,
): Promise<Decided> {
  const targets = await readTargets(reading, command.targets)
  const content = await contentOf(house, reading, command, targets)
  const { id, put } = await nextNoticeId(reading)
  return draft(house, reading, actor, content, { id, puts: [put] })
}

/** Other words, another time, other groups: what is not given stays as it was. */
export async function reviseNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Revise,
): Promise<Decided> {
  const before = await noticeIn(reading, command.notice, ['draft', 'awaiting', 'scheduled'])
  await assertMayRun(house, reading, actor, before)
  if (before.follows && command.targets)
    throw new NoticeRefusedError(
      { kind: 'targets-of-correction' },
      `notice ${before.id} goes to whoever got notice ${before.follows.notice}: write another one for other groups`,
    )
  const targets = command.targets ? await readTargets(reading, command.targets) : before.targets
  const { text, template, fields } = command
  const words = text !== undefined || template !== undefined || fields !== undefined
  const flags = {
    emergency: command.emergency ?? before.emergency,
    receipt: command.receipt ?? before.receipt,
  }
  const said = { ...command, ...(!words && { text: before.text }), ...flags }
  const content = await contentOf(house, reading, said, targets)
  const kept = {
    ...(before.attachment && { attachment: before.attachment }),
    ...(before.sendAt !== undefined && command.repeat === undefined && { sendAt: before.sendAt }),
    ...(before.repeat && command.sendAt === undefined && { repeat: before.repeat }),
    // a notice that a template was needed for does not become another one by other words
    ...(before.template !== undefined && { template: before.template }),
    ...(!words && isSameTime(command) && { expiresAt: before.expiresAt }),
  }
  const followed = await reworded(house, reading, before, words ? content.text : undefined)
  const revised = await draft(
    house,
    reading,
    actor,
    { ...kept, ...content, ...followed },
    { id: before.id, before },
  )
  const cancelled = { cancelled: [`notice/${before.id}`, `noticeExpiry/${before.id}`] }
  return { ...revised, outcome: { ...revised.outcome, ...cancelled } }
}

function isSameTime({ sendAt, repeat, expiresAt }: Revise): boolean {
  return sendAt === undefined && repeat === undefined && expiresAt === undefined
}

/** Other words of a correction are still a correction. */
async function reworded(
  house: House,
  reading: Reading,
  { follows, targetWords: words }: Notice,
  text: string | undefined,
): Promise<Partial<Content>> {
  if (!follows) return {}
  const first = await reading.get('notices', follows.notice)
  if (text === undefined || !first) return { follows, targetWords: words }
  const { plain: _, ...own } = follows
  const said = checkedText(followingText(house, first, own, text), house.notices)
  return { follows: own, targetWords: words, text: said }
}

async function contentOf(
  house: House,
  reading: Reading,
  command: Omit<Write, 'type' | 'targets'>,
  targets: Targets,
): Promise<Content> {
  const template =
    command.template === undefined ? undefined : templateNamed(house.noticeTemplates, command.template)
  const { fields = {}, sendAt = house.now(), repeat } = command
  const said = template ? fillTemplate(template, fields, command.text) : (command.text ?? '')
  const ends = template && !repeat ? endOfField(template, fields, sendAt, house.notices) : undefined
  if (command.expiresAt !== undefined)
    assertEnd(command.expiresAt, beginOf(house, { ...command, emergency: command.emergency }), house.notices)
  const expiresAt = command.expiresAt ?? ends
  if (command.attachment) await assertAttachment(house, command.attachment)
  return {
    ...{ text: checkedText(said, house.notices), targets, targetWords: await targetWords(reading, targets) },
    emergency: command.emergency || (template?.emergency ?? false),
    // 收到请回复, in its words, asks for it as well
    receipt: command.receipt || (template?.receipt ?? false) || asksForReceipt(said),
    ...(template && { template: template.name }),
    ...(command.attachment && { attachment: command.attachment }),
    ...(command.sendAt !== undefined && { sendAt: command.sendAt }),
    ...(command.repeat && { repeat: command.repeat }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

interface Place {
  readonly id: string
  readonly before?: Notice
  readonly puts?: readonly Put[]
}

/** Nothing is sent before its author submits it. */
export async function draft(
  house: House,
  reading: Reading,
  actor: Actor,
  content: Content,
  { id, before, puts = [] }: Place,
): Promise<Decided> {
  const now = house.now()
  const groups = await groupsOf(reading, content.targets)
  if (groups.length === 0)
    throw new NoticeRefusedError(
      { kind: 'no-groups' },
      'these places and tags have no group: see linli group list, or name other ones',
    )
  // a correction goes wherever the first one is, also where its author answers for nothing any more
  if (!content.follows) await assertMayWriteTo(reading, actor, groups)
  const { sendAt, repeat } = content
  const { emergency } = content
  const times = { ...(sendAt !== undefined && { sendAt }), ...(repeat && { repeat }), emergency }
  const given = content.expiresAt === undefined ? {} : { expiresAt: content.expiresAt }
  assertSchedule(now, { ...times, ...given }, house.notices)
  const begins = beginOf(house, content)
  const expiresAt =
    content.expiresAt ??
    defaultExpiry(
      // 明早 is counted from the day on which it is read
      { text: content.text, begins, said: repeat ? begins : sendAt },
      now,
      house.notices,
    )
  assertSchedule(now, { ...times, expiresAt }, house.notices)
  const unjudged: Notice = {
    ...{ ...content, id, state: 'draft', history: before?.history ?? [], expiresAt, approval: [] },
    // whoever words it answers for it
    ...{ groups: groups.length, author: byOf(actor), writtenAt: now },
  }
  const notice = { ...unjudged, approval: await reasonsNow(house, reading, unjudged, { groups, begins }) }
  const written = stepped(notice, 'written', { at: now, by: byOf(actor) })
  const outcome: Outcome = { puts, notices: [written] }
  return { outcome, result: await previewOf(house, reading, notice, groups, begins) }
}
