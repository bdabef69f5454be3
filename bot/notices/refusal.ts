import { RefusedError } from '../doors/command.ts'
import type { NoticeState } from './notice.ts'

/** What keeps a notice from being written or sent, as data: each door says it in its own words. */
export type NoticeFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly length: number; readonly longest: number }
  /** Invisible characters that are no line break: `codes` as U+0007. */
  | { readonly kind: 'control-characters'; readonly codes: readonly string[] }
  /** Of identity cards and bank cards: `endings` are their last four characters. */
  | {
      readonly kind: 'private-numbers'
      readonly what: 'identity card' | 'bank card'
      readonly endings: readonly string[]
    }
  | { readonly kind: 'unknown-template'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'missing-fields'; readonly template: string; readonly fields: readonly string[] }
  | { readonly kind: 'unknown-fields'; readonly template: string; readonly fields: readonly string[] }
  | {
      readonly kind: 'unknown-place' | 'unknown-group'
      readonly name: string
      readonly alike: readonly string[]
    }
  /** Several are called so. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly ids: readonly string[] }
  | { readonly kind: 'unknown-tag'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'no-groups' }
  /** Outside the places this person answers for: `groups` are their names. */
  | { readonly kind: 'not-theirs'; readonly groups: readonly string[] }
  | { readonly kind: 'in-the-past'; readonly at: number }
  | { readonly kind: 'ends-before-it-begins'; readonly sendAt: number; readonly expiresAt: number }
  | { readonly kind: 'too-far'; readonly days: number }
  | { readonly kind: 'bad-repeat'; readonly cron: string }
  | {
      readonly kind: 'attachment'
      readonly why: 'too-large' | 'missing' | 'unknown-kind' | 'empty'
      readonly name: string
    }
  | { readonly kind: 'unknown-notice'; readonly notice: string }
  | { readonly kind: 'unknown-account'; readonly account: string; readonly known: readonly string[] }
  /** Not lawful in this state. */
  | { readonly kind: 'state'; readonly state: NoticeState }
  | { readonly kind: 'own-approval' }
  | { readonly kind: 'changed-just-now' }
  /** A correction goes to whoever got the first one, and to nobody else. */
  | { readonly kind: 'targets-of-correction' }
  | { readonly kind: 'nobody-got-it' }
  | { readonly kind: 'nothing-unconfirmed' }
  | {
      readonly kind: 'no-reminder'
      readonly why: 'asks-none' | 'over' | 'twice-today' | 'nobody-missing'
    }

const codes: Readonly<Partial<Record<NoticeFault['kind'], RefusedError['code']>>> = {
  'unknown-template': 'unknown',
  'unknown-place': 'unknown',
  'unknown-group': 'unknown',
  'unknown-tag': 'unknown',
  'unknown-notice': 'unknown',
  'unknown-account': 'unknown',
  'not-theirs': 'elsewhere',
  'own-approval': 'authority',
  state: 'unlawful',
}

export class NoticeRefusedError extends RefusedError {
  readonly fault: NoticeFault

  /** @param message for the operator, in English: what was expected, what came, what to do */
  constructor(fault: NoticeFault, message: string) {
    super(codes[fault.kind] ?? 'incomplete', message)
    this.name = 'NoticeRefusedError'
    this.fault = fault
  }
}
