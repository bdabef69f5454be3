import type { LocalNow, SaidMoment } from '../../../intents/notice-words/moment.ts'
import { type NoticeRead, readLabelled, readNotice } from '../../../intents/notice-words/reading.ts'
import { type UnreadExcept, unreadExcept } from '../../../intents/notice-words/unread-except.ts'
import { isNobody } from '../../../intents/notice-words/whom.ts'
import { instantOf, localDate, minute, timeOfDay } from '../../../tickets/shanghai-time.ts'
import type { Repeat } from '../../notices/notice.ts'
import { alikeNames } from '../../notices/writing/alike-names.ts'
import { attachmentUsed, looseAttachmentOf } from '../../notices/writing/loose-attachment.ts'
import { readFields } from '../../notices/writing/read-fields.ts'
import type { NoticeTemplate } from '../../notices/writing/templates.ts'
import { both, type Outcome } from '../../outcome.ts'
import { reply, type Situation } from '../../situation.ts'
import type { NoticeAsked, Written } from './asked.ts'
import { atTheDoor, exampleFor } from './at-the-door.ts'
import { faultWords } from './fault-words.ts'
import { type Addressees, addressees, groupsOfPerson, placesOf } from './known-names.ts'
import { mayFollow } from './more-fields.ts'
import { previewed } from './preview.ts'
import { beginningOf } from './state-words.ts'
import { type TargetsSaid, targetsOf } from './targets-said.ts'

/** A new notice from what was said in one go; what is missing is asked for, and everything else need not be said again. */
export async function writeNotice(
  situation: Situation,
  written: Written,
  { glued = false }: { readonly glued?: boolean } = {},
): Promise<Outcome | undefined> {
  const { house, reading } = situation
  const known = await addressees(reading)
  const whom = whomInFront(situation, written, known)
  if (whom) return writeNotice(situation, whom, { glued })
  const read = readNotice(written.words, knownFor(situation, known))
  const template = templateFor(house.noticeTemplates, written.template ?? read.template)
  // 通知物业明天来修, 收到通知：…: somebody talks
  if (written.template !== undefined && !template) return undefined
  if (glued && !template && isNobody(read.whom) && read.whom.except.length === 0) return undefined
  const length = [...read.text].length
  const { longest } = house.notices
  if (length > longest) return tooLong(situation, known, length)
  const targets = targetsOf(situation, read.whom, known)
  const except = unreadExcept(read.text)
  if (targets && except) return askExcept(situation, written, known, except)
  if (!targets || read.unknown !== undefined) return askWhom(situation, written, known, read)
  if (template) return fromTemplate(situation, written, { template, read, targets, known })
  if (read.text === '') return ask(situation, house.texts.noticeTextMissing(), { asks: 'text', written })
  return carryOut(situation, written, { text: read.text, ...whenOf(read), targets })
}

/** 幸福里业主群通知：…: what stands before 通知 is no template, but says whom it is for. */
function whomInFront(situation: Situation, written: Written, known: Addressees): Written | undefined {
  const { template, words, emergency } = written
  if (template === undefined || templateFor(situation.house.noticeTemplates, template)) return undefined
  const read = readNotice(template, knownFor(situation, known))
  const isWhom = read.text === '' && !isNobody(read.whom)
  return isWhom ? { words: `${template}：${words}`, emergency } : undefined
}

export function knownFor({ house, now }: Pick<Situation, 'house' | 'now'>, { names }: Addressees) {
  const templates = house.noticeTemplates.flatMap(({ name, also }) => [name, ...also])
  return { names, templates, now: localNow(now) }
}

export function localNow(now: number): LocalNow {
  return { date: localDate(now), minutes: Math.floor(timeOfDay(now) / minute) }
}

function templateFor(
  templates: readonly NoticeTemplate[],
  name: string | undefined,
): NoticeTemplate | undefined {
  if (name === undefined) return undefined
  return templates.find((each) => each.name === name) ?? templates.find(({ also }) => also.includes(name))
}

function tooLong(situation: Situation, known: Addressees, length: number): Outcome {
  const { house } = situation
  const fault = { kind: 'too-long', length, longest: house.notices.longest } as const
  const context = { number: '', nameOf: (id: string) => id, example: exampleFor(situation, known) }
  return reply(situation, faultWords(house, fault, context))
}

type Asking = NoticeAsked extends infer Each
  ? Each extends { at: number }
    ? Omit<Each, 'at'>
    : never
  : never

function ask(situation: Situation, text: string, asked: Asking): Outcome {
  const noticeAsked = { ...asked, at: situation.now } as NoticeAsked
  return both(reply(situation, text), { memory: { noticeAsked } })
}

const mostShown = 3

/** Whom: with the places that they answer for; or with the name that was probably meant. */
function askWhom(situation: Situation, written: Written, known: Addressees, read: NoticeRead): Outcome {
  const { house, group, person } = situation
  const { texts } = house
  const { unknown } = read
  if (unknown !== undefined) {
    const names = known.names.filter(({ short }) => !short).map(({ name }) => name)
    const [offer] = alikeNames(unknown, names)
    const left = { ...written, words: written.words.replace(unknown, '').trim() }
    const asked: Asking = { asks: 'whom', written: left, ...(offer !== undefined && { offer }) }
    const example = exampleFor(situation, known)
    return offer === undefined
      ? ask(situation, texts.noticeUnknownName({ name: unknown, example }), asked)
      : ask(situation, texts.noticePerhaps({ name: unknown, offer }), asked)
  }
  const own = placesOf(person, known).slice(0, mostShown)
  const tags = known.tags.filter((tag) => tag.endsWith('群')).slice(0, mostShown)
  const count = groupsOfPerson(person, known).length
  const choices = [
    ...(group ? [texts.noticeChooseHere()] : []),
    ...own.map((name) => `“${name}”`),
    ...own.slice(0, 1).flatMap((name) => tags.map((tag) => `“${name} ${tag}”`)),
    texts.noticeChooseAll({ count }),
  ]
  return ask(situation, texts.noticeWhom({ text: beginningOf(read.text), choices: choices.join('、') }), {
    ...{ asks: 'whom', written },
  })
}

/** 所有群（商户群除外）, and nobody is called so: nothing is written that might reach them after all. */
function askExcept(
  situation: Situation,
  written: Written,
  { tags }: Addressees,
  { name, phrase }: UnreadExcept,
): Outcome {
  const words = { name, known: tags.slice(0, 8).join('、') }
  return ask(situation, situation.house.texts.noticeUnknownExcept(words), {
    ...{ asks: 'except', written, name, phrase },
  })
}

interface ToFill {
  readonly template: NoticeTemplate
  readonly read: NoticeRead
  readonly targets: TargetsSaid
  readonly known: Addressees
}

/** Exactly what is missing is asked for, with an example that can be copied. */
async function fromTemplate(situation: Situation, written: Written, parts: ToFill): Promise<Outcome> {
  const { template, read, targets, known } = parts
  const { house } = situation
  const labelled = readLabelled(
    read.text,
    template.fields.map(({ name }) => name),
  )
  const none = Object.keys(labelled.fields).length === 0
  const free = none ? readFields(template, read.text, situation.house.notices.partsOfDay) : undefined
  const fields = free ?? labelled.fields
  const rest = free ? '' : labelled.rest
  const missing = template.fields.filter(({ name, required }) => required && !fields[name])
  const { texts } = house
  if (missing.length > 0) {
    const example = template.fields
      .filter(({ name, required }) => required || fields[name])
      .map(({ name, example: filled }) => `${name}：${fields[name] ?? filled}`)
      .join(' ')
    const whole = `通知 ${template.name} ${exampleFor(situation, known)} ${example}`
    const names = missing.map(({ name }) => name)
    const words = { template: template.name, fields: names.join('、'), example: whole }
    const kept = { ...written, template: template.name }
    const [field] = names
    const only = names.length === 1 && field !== undefined ? { field } : {}
    return ask(situation, texts.noticeMissingFields(words), { asks: 'field', written: kept, ...only })
  }
  const tooMuch = Object.entries(fields).find(([, value]) => [...value].length > longestField)
  if (tooMuch) return reply(situation, texts.noticeFieldTooLong({ field: tooMuch[0], longest: longestField }))
  const text = rest === '' ? {} : { text: rest }
  return carryOut(situation, written, {
    ...{ template: template.name, fields, targets },
    ...{ ...text, ...whenOf(read) },
  })
}

/** As the command has it. */
const longestField = 200

/** As a command names how and when it goes out. */
function whenOf({ options }: Pick<NoticeRead, 'options'>) {
  const { emergency, receipt, moment } = options
  return { emergency, receipt, ...timeOf(moment) }
}

export function timeOf(moment: SaidMoment | undefined): { sendAt?: number; repeat?: Repeat } {
  switch (moment?.kind) {
    case 'once':
      return { sendAt: instantOf(moment.date, moment.minutes * minute) }
    case 'repeated': {
      const { cron, words, workingDaysOnly } = moment
      return { repeat: { cron, words, workingDaysOnly } }
    }
    case 'now':
    case undefined:
      return {}
  }
}

interface Content {
  readonly text?: string
  readonly template?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly emergency: boolean
  readonly receipt: boolean
  readonly targets: TargetsSaid
}

async function carryOut(situation: Situation, written: Written, content: Content): Promise<Outcome> {
  const attachment = looseAttachmentOf(situation)
  const emergency = content.emergency || written.emergency
  const command = {
    ...{ type: 'notice.write', ...content, emergency },
    ...(attachment && { attachment }),
  }
  const done = await atTheDoor(situation, command)
  if ('refused' in done)
    return done.fault?.kind === 'in-the-past'
      ? both(done.refused, { memory: { noticeAsked: { asks: 'time', written, at: situation.now } } })
      : done.refused
  const used = attachment ? { memory: attachmentUsed(situation) } : {}
  const shown = await previewed(situation, both(done.outcome, used), done.result)
  const { template, fields, text } = content
  if (template === undefined || !fields) return shown
  return mayFollow(situation, shown, done.result, { template, fields, ...(text !== undefined && { text }) })
}
