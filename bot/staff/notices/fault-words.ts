import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { RefusedError } from '../../doors/command.ts'
import type { House } from '../../house.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { type NoticeFault, NoticeRefusedError } from '../../notices/refusal.ts'
import { stateWord } from './state-words.ts'

export interface FaultContext {
  /** 12, of the notice that was meant; '' when there is none. */
  readonly number: string
  /** Names of ids, with what they belong to: for what several are called. */
  readonly nameOf: (id: string) => string
  /** Whom they could have named, as an example: 幸福里社区 业主群 */
  readonly example: string
}

/** Why nothing was done, and what to say instead. */
export function refusedWords(house: House, error: RefusedError, context: FaultContext): string {
  const { texts } = house
  if (error instanceof NoticeRefusedError) return faultWords(house, error.fault, context)
  if (error.code === 'elsewhere') return texts.noticeOfOthers({ number: context.number })
  if (error.code === 'authority') return texts.noticeNotYours()
  return texts.noticeHow({ example: context.example })
}

/** Every fault has its sentence: the compiler, and a test, hold that. */
export function faultWords(house: House, fault: NoticeFault, context: FaultContext): string {
  return ofTargets(house, fault, context) ?? ofContent(house, fault, context)
}

const few = 5

/** Which groups, and whose. */
function ofTargets(
  { texts }: House,
  fault: NoticeFault,
  { nameOf, example }: FaultContext,
): string | undefined {
  switch (fault.kind) {
    case 'unknown-place':
    case 'unknown-group':
      return fault.alike.length > 0
        ? texts.noticeUnknownAlike({ name: fault.name, alike: quoted(fault.alike) })
        : texts.noticeUnknownName({ name: fault.name, example })
    case 'ambiguous':
      return texts.noticeAmbiguous({ name: fault.name, names: quoted(fault.ids.slice(0, few).map(nameOf)) })
    case 'unknown-tag':
      return fault.known.length > 0
        ? texts.noticeUnknownTag({ name: fault.name, known: fault.known.slice(0, 8).join('、') })
        : texts.noticeUnknownName({ name: fault.name, example })
    case 'no-groups':
      return texts.noticeNoGroups({ example })
    case 'not-theirs': {
      const more = fault.groups.length > few ? texts.noticeAndMore({ count: fault.groups.length }) : ''
      return texts.noticeNotTheirs({ groups: `${fault.groups.slice(0, few).join('、')}${more}`, example })
    }
    default:
      return undefined
  }
}

type ContentFault = Exclude<
  NoticeFault,
  { kind: 'unknown-place' | 'unknown-group' | 'ambiguous' | 'unknown-tag' | 'no-groups' | 'not-theirs' }
>

function ofContent(house: House, said: NoticeFault, { number, example }: FaultContext): string {
  const { texts } = house
  const fault = said as ContentFault
  switch (fault.kind) {
    case 'empty':
      return texts.noticeTextMissing()
    case 'too-long':
      return texts.noticeTooLong({ length: fault.length, longest: fault.longest })
    case 'control-characters':
      return texts.noticeControlCharacters({ codes: fault.codes.slice(0, few).join('、') })
    case 'private-numbers':
      return texts.noticePrivateNumbers({
        what: fault.what === 'identity card' ? '身份证号' : '银行卡号',
        endings: fault.endings.slice(0, few).join('、'),
      })
    case 'unknown-template':
      return texts.noticeUnknownTemplate({ name: fault.name, known: fault.known.join('、') })
    case 'missing-fields':
      return texts.noticeMissingFields({ template: fault.template, fields: fault.fields.join('、'), example })
    case 'unknown-fields':
      return texts.noticeUnknownFields({ template: fault.template, fields: fault.fields.join('、') })
    case 'in-the-past':
      return texts.noticeInThePast({ time: plainDateTime(fault.at), now: plainDateTime(house.now()) })
    case 'ends-before-it-begins':
      return texts.noticeEndsBefore({
        begins: plainDateTime(fault.sendAt),
        ends: plainDateTime(fault.expiresAt),
      })
    case 'too-far':
      return texts.noticeTooFar({ days: fault.days })
    case 'bad-repeat':
      return texts.noticeBadRepeat()
    case 'attachment':
      return attachmentWords(house, fault)
    case 'unknown-account':
      return texts.noticeUnknownAccount({ account: fault.account, known: fault.known.join('、') })
    case 'unknown-notice':
      return texts.noticeUnknown({ number: numberOf({ id: fault.notice }) })
    case 'state':
      return stateWords(house, fault.state, number)
    case 'own-approval':
      return texts.noticeOwnApproval({ number })
    case 'changed-just-now':
      return texts.noticeChangedJustNow({ number })
    case 'targets-of-correction':
      return texts.noticeTargetsOfCorrection({ number })
    case 'nobody-got-it':
      return texts.noticeNobodyGotIt({ number })
    case 'nothing-unconfirmed':
      return texts.noticeNothingUnconfirmed({ number })
    case 'no-reminder':
      return noReminderWords(house, fault.why, number)
  }
}

function noReminderWords(
  { texts }: House,
  why: (NoticeFault & { kind: 'no-reminder' })['why'],
  number: string,
): string {
  switch (why) {
    case 'asks-none':
      return texts.noticeNoReceipts({ number })
    case 'over':
      return texts.noticeReminderOver({ number })
    case 'twice-today':
      return texts.noticeReminderTwice({ number })
    case 'nobody-missing':
      return texts.noticeReminderNobody({ number })
  }
}

type FileFault = Extract<NoticeFault, { readonly kind: 'attachment' }>

function attachmentWords({ texts }: House, { why, name }: FileFault): string {
  const sentences: Readonly<Record<FileFault['why'], (words: { readonly name: string }) => string>> = {
    'too-large': texts.noticeFileTooLarge,
    missing: texts.noticeFileMissing,
    'unknown-kind': texts.noticeFileUnknownKind,
    empty: texts.noticeFileEmpty,
  }
  return sentences[why]({ name })
}

/** What it is now, and what can be done with it. */
function stateWords(house: House, state: Parameters<typeof stateWord>[1], number: string): string {
  const { texts } = house
  const words = { number, state: stateWord(texts, state) }
  switch (state) {
    case 'draft':
      return texts.noticeIsDraft(words)
    case 'awaiting':
      return texts.noticeIsAwaiting(words)
    case 'scheduled':
      return texts.noticeIsScheduled(words)
    case 'sending':
      return texts.noticeIsSending(words)
    case 'paused':
      return texts.noticeIsPaused(words)
    case 'finished':
    case 'stopped':
    case 'expired':
      return texts.noticeIsOver(words)
    case 'refused':
    case 'discarded':
      return texts.noticeIsNothing(words)
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join('、')
}
