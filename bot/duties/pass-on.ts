import { maskPersonalData } from '../../intents/personal-data.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { placeInPublic } from '../describe.ts'
import type { InboxEntry, Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { isStaff } from '../people/directory.ts'
import { personNamed } from '../people/person-named.ts'
import type { Reading } from '../reading.ts'
import type { Timer } from '../timer.ts'

/** 我不在，找张三: who is told of an emergency may send it on. That is no answer: the ladder goes on. */
export interface PassingOn {
  readonly from: Person
  readonly isPrivate: boolean
  /** Undefined: they are away, and name nobody whom the roster knows. */
  readonly to: Person | undefined
  /** As said; whom the roster knows, or not. */
  readonly name: string | undefined
}

type LadderTimer = Timer & { readonly kind: 'ladder' }

/** As long as the first step of the ladder, before somebody else is woken. */
const hasFor = 2 * 60_000

const away =
  /^(?:我|本人)?(?:今[天晚])?(?:人?不在|没空|走不开|赶不过来|来不了|在外地|休假|请假|没(?:有)?值班|不值班)/u
const onward =
  /(?:请|麻烦)?(?:转给?|找|联系|交给|叫|打给)\s*(?<name>[\p{Script=Han}·]{2,6}?)(?:吧|去|处理|处置|看看)?[。.!！]?$/u

/** @returns undefined when the line sends nothing on */
export async function passingOn(
  reading: Reading,
  from: Person,
  { text, group }: Pick<InboxEntry, 'text' | 'group'>,
): Promise<PassingOn | undefined> {
  const line = text.trim().replace(/^[#＃]\s*/u, '')
  const isAway = away.test(line)
  // 去找钥匙 names nobody: only a line that says no more than whom is an order
  const name =
    isAway || /^(?:请|麻烦)?(?:转|找|联系|交给|叫|打给)/u.test(line)
      ? onward.exec(line)?.groups?.['name']
      : undefined
  const named = name === undefined ? undefined : await personNamed(reading, name)
  const to = named && isStaff(named) && named.id !== from.id ? named : undefined
  return to || isAway ? { from, to, name, isPrivate: group === null } : undefined
}

/** What it means for one emergency: the other is told, and has as long as anybody before it goes higher. */
export function passOn(
  house: House,
  timer: LadderTimer,
  ticket: Ticket,
  { from, to, name, isPrivate }: PassingOn,
): Outcome {
  if (!to) return isPrivate && name !== undefined ? unknownTo(house, from, name) : {}
  const text = house.texts.emergencyPassedOn({
    ...{ name: from.name, number: saidNumber(ticket.id), place: placeInPublic(ticket.place) ?? '' },
    text: maskPersonalData(ticket.text),
  })
  const told = timer.told && { told: [...new Set([...timer.told, to.id])] }
  const fact = { type: 'escalated', to: to.name, reason: 'passed on', level: ticket.escalation } as const
  const done = house.texts.emergencyPassed({ name: to.name })
  return {
    sends: [
      { kind: 'alert', to: { person: to.id }, text, urgent: true },
      // names are for staff alone
      ...(isPrivate ? [{ kind: 'reply', to: { person: from.id }, text: done, urgent: true } as const] : []),
    ],
    timers: [{ ...timer, ...told, dueAt: Math.max(timer.dueAt, house.now() + hasFor) }],
    facts: [{ ticket: ticket.id, by: 'bot', fact }],
    why: 'an emergency is sent on',
  }
}

function unknownTo({ texts }: House, from: Person, name: string): Outcome {
  const text = texts.emergencyPassUnknown({ name })
  return {
    sends: [{ kind: 'reply', to: { person: from.id }, text, urgent: true }],
    why: 'sent on to nobody known',
  }
}
