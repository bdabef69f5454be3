import type { NoticeFault } from '../../../bot/notices/refusal.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import { HttpError } from '../http-error.ts'
import type { HttpParts } from '../parts.ts'

/** What keeps a notice from being written or sent, for other systems: `code` is the kind of the fault. */

const statuses: Readonly<Record<NoticeFault['kind'], HttpError['status']>> = {
  // it can never be right
  ...{ empty: 400, 'too-long': 400, 'control-characters': 400, 'private-numbers': 400, 'bad-repeat': 400 },
  // it names what is not here, or cannot be now
  ...{ 'unknown-template': 422, 'missing-fields': 422, 'unknown-fields': 422 },
  ...{ 'unknown-place': 422, 'unknown-group': 422, 'unknown-tag': 422, ambiguous: 422, 'no-groups': 422 },
  ...{ 'in-the-past': 422, 'ends-before-it-begins': 422, 'too-far': 422, attachment: 422 },
  ...{ 'not-theirs': 403, 'own-approval': 403 },
  ...{ 'unknown-notice': 404, 'unknown-account': 404 },
  ...{ 'changed-just-now': 409, 'targets-of-correction': 409 },
  ...{ state: 409, 'nobody-got-it': 409, 'nothing-unconfirmed': 409, 'no-reminder': 409 },
}

const ofAttachments = { 'too-large': 413, 'unknown-kind': 415, empty: 400, missing: 422 } as const

/** The two doors, with the faults of notices said as HTTP says them. */
export function tellingFaults(parts: HttpParts): Pick<HttpParts, 'execute' | 'query'> {
  return {
    execute: (actor, id, command) => parts.execute(actor, id, command).catch(told),
    query: (actor, request) => parts.query(actor, request).catch(told),
  }
}

/** For what else is asked about notices. @throws always */
export function told(error: unknown): never {
  if (!(error instanceof NoticeRefusedError)) throw error
  const { fault, message } = error
  throw new HttpError(
    fault.kind === 'attachment' ? ofAttachments[fault.why] : statuses[fault.kind],
    worded(fault) ?? message,
    {
      code: fault.kind,
      candidates: candidatesOf(fault),
      cause: error,
    },
  )
}

/** What other systems can do about it, where the operator would do something else. */
function worded(fault: NoticeFault): string | undefined {
  switch (fault.kind) {
    case 'unknown-notice':
      return `you have no notice ${fault.notice}: GET /api/v1/notices lists yours`
    case 'no-groups':
      return 'expected targets that at least one group has, but none has them: try them with POST /api/v1/notices/targets'
    case 'unknown-place':
    case 'unknown-group':
      return `no ${fault.kind.slice('unknown-'.length)} is called ${JSON.stringify(fault.name)}: ${
        fault.alike.length > 0 ? `perhaps ${fault.alike.join(', ')}` : 'ask the operator for its name or id'
      }`
    case 'in-the-past':
      return `expected a time that is to come, but ${isoShanghai(fault.at)} is over: send a later one, or leave sendAt out`
    case 'ends-before-it-begins':
      return `expected expiresAt after the beginning, but it would begin at ${isoShanghai(fault.sendAt)} and be over at ${isoShanghai(fault.expiresAt)}: send another time (nothing goes out from 22:00 to 07:00 unless it is an emergency)`
    case 'too-long':
      return `expected at most ${fault.longest} characters, but ${fault.length} came: shorten it, or send the rest as a file`
    case 'state':
      return `this notice is ${fault.state}, and in this state that cannot be done to it: GET it to see where it stands`
    default:
      return undefined
  }
}

function candidatesOf(fault: NoticeFault): readonly string[] {
  switch (fault.kind) {
    case 'unknown-place':
    case 'unknown-group':
      return fault.alike
    case 'unknown-tag':
    case 'unknown-template':
      return fault.known
    case 'ambiguous':
      return fault.ids
    case 'missing-fields':
      return fault.fields
    default:
      return []
  }
}
