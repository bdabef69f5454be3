import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import type { Group } from '../../documents.ts'
import type { House } from '../../house.ts'
import { copiesOf } from '../../notices/copies/copies.ts'
import { nextNoticeId } from '../../notices/next-notice-id.ts'
import type { Notice, Targets } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { asksForReceipt } from '../../notices/residents/receipt-words.ts'
import { stepped } from '../../notices/step.ts'
import { assertSchedule, beginAt, defaultExpiry, nextTime } from '../../notices/times/schedule.ts'
import { alikeNotice } from '../../notices/writing/alike.ts'
import { approvalReasons } from '../../notices/writing/approval.ts'
import { assertAttachment } from '../../notices/writing/check-attachment.ts'
import { checkedText } from '../../notices/writing/check-text.ts'
import { estimate } from '../../notices/writing/estimate.ts'
import { groupsOf, readTargets, targetWords } from '../../notices/writing/targets.ts'
import { endOfField, fillTemplate, templateNamed } from '../../notices/writing/templates.ts'
import type { Outcome } from '../../outcome.ts'
import type { Put, Reading } from '../../reading.ts'
import { type Actor, byOf, type Command } from '../command.ts'
import type { CommandResult, Decided } from '../decided.ts'
import { peopleIn } from './people-in.ts'
import { assertMayRun, assertMayWriteTo, noticeIn, roleOf } from './whose-notice.ts'

type Write = Command & { readonly type: 'notice.write' }
type Revise = Command & { readonly type: 'notice.revise' }
type Follow = Command & { readonly type: 'notice.follow' }

/** What a notice is made of, after its words were put together and its targets found. */
type Content = Pick<Notice, 'text' | 'targets' | 'targetWords' | 'emergency' | 'receipt'> &
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
    ...(before.follows && { follows: before.follows }),
    ...(before.template !== undefined && !words && { template: before.template }),
  }
  const revised = await draft(house, reading, actor, { ...kept, ...content }, { id: before.id, before })
  const cancelled = { cancelled: [`notice/${before.id}`, `noticeExpiry/${before.id}`] }
  return { ...revised, outcome: { ...revised.outcome, ...cancelled } }
}

/** 更正, 撤回: for exactly those who got the first one, wherever groups have been moved to since. */
export async function followNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Follow,
): Promise<Decided> {
  const first = await noticeIn(reading, command.notice, [
    'sending',
    'paused',
    'finished',
    'stopped',
    'expired',
  ])
  await assertMayRun(house, reading, actor, first)
  const got = (await copiesOf(reading, first)).filter(({ state }) => arrived.includes(state))
  if (got.length === 0)
    throw new NoticeRefusedError(
      { kind: 'nobody-got-it' },
      `notice ${first.id} has reached no group yet: stop it instead, and write another one`,
    )
  const text = checkedText(followingText(house, first, command), house.notices)
  const { id, put } = await nextNoticeId(reading)
  const targets = { places: [], tags: [], groups: got.map(({ group }) => group) }
  const content: Content = {
    ...{ text, targets, targetWords: first.targetWords },
    ...{
      emergency: first.emergency,
      receipt: asksForReceipt(text),
      follows: { notice: first.id, as: command.as },
    },
  }
  return draft(house, reading, actor, content, { id, puts: [put] })
}

const arrived: readonly string[] = ['sending', 'sent', 'confirmed', 'unconfirmed']
const mostQuoted = 20

function followingText(house: House, first: Notice, { as, text }: Follow): string {
  const begin = beginningOf(first)
  const words = { begin, text: text ?? '' }
  if (as === 'correction') return house.texts.noticeCorrection(words)
  return text ? house.texts.noticeRetractionWhy(words) : house.texts.noticeRetraction({ begin })
}

/** So much of it that people know which one is meant; of a correction its own words, not what it quotes itself. */
function beginningOf({ text, follows }: Notice): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const own = (follows && lines[1]) || lines[0] || ''
  const sentence = own.split(/(?<=[。！？!?；;])/u)[0] ?? own
  return [...sentence.replace(/[。！？!?；;]$/u, '')].slice(0, mostQuoted).join('')
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

async function draft(
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
  await assertMayWriteTo(reading, actor, groups)
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
  const approval = approvalReasons(house.notices, {
    role: await roleOf(reading, actor),
    ...{ groups: groups.length, emergency: content.emergency, sendAt: begins },
    ...{ repeated: repeat !== undefined },
    ...(content.template !== undefined && { template: content.template }),
  })
  const base = { history: before?.history ?? [], id, state: 'draft' as const }
  const notice: Notice = {
    ...{ ...content, ...base, expiresAt, approval, groups: groups.length },
    ...{ author: before?.author ?? byOf(actor), writtenAt: now },
  }
  const written = stepped(notice, 'written', { at: now, by: byOf(actor) })
  const outcome: Outcome = { puts, notices: [written] }
  return { outcome, result: await previewOf(house, reading, notice, groups, begins) }
}

/** When it would begin if it were submitted now. */
export function beginOf(
  house: House,
  { sendAt, repeat, emergency }: Pick<Notice, 'sendAt' | 'repeat' | 'emergency'>,
): number {
  const now = house.now()
  const next = repeat && nextTime(repeat, now, house.calendar)
  if (repeat && next === undefined)
    throw new NoticeRefusedError({ kind: 'bad-repeat', cron: repeat.cron }, `${repeat.cron} has no next time`)
  const at = next ?? sendAt
  return beginAt(now, { emergency, ...(at !== undefined && { sendAt: at }) })
}

async function previewOf(
  house: House,
  reading: Reading,
  notice: Notice,
  groups: readonly Group[],
  begins: number,
): Promise<CommandResult> {
  const { text, id, state, targetWords: words, approval, expiresAt } = notice
  const alike = await alikeNotice(
    reading,
    {
      ...{ text, groups: groups.map((group) => group.id) },
      except: [id, ...(notice.follows ? [notice.follows.notice] : [])],
    },
    house.now(),
    house.notices,
  )
  const copies = new Map<string, number>()
  for (const { owner } of groups) copies.set(owner, (copies.get(owner) ?? 0) + 1)
  const minutes = Math.ceil(estimate(house.settings.pace, copies, notice.attachment ? 2 : 1) / 60_000)
  return {
    ...{ notice: id, state, text, groups: groups.length, people: await peopleIn(reading, groups), minutes },
    ...{ targets: words, needs: approval.join(','), alike: alike?.id ?? '' },
    ...{ beginsAt: isoShanghai(begins), expiresAt: isoShanghai(expiresAt) },
    attachment: notice.attachment?.name ?? '',
  }
}
