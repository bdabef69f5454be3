import type { Category, EmergencyKind, Place } from '../../intents/understanding.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { isOpen, type Ticket, takesPart } from '../../tickets/ticket.ts'
import { startLadder, tellStaff } from '../duties/ladder.ts'
import { isForeignToEmergency } from '../foreign-to-emergency.ts'
import { openTicket } from '../open-ticket.ts'
import { both, type Outcome, type Send, silence } from '../outcome.ts'
import { breakOffGame } from '../quiz/break-off.ts'
import { alone } from '../quiz/scores.ts'
import { answerTo, type Handler, type Situation } from '../situation.ts'
import type { Texts } from '../texts.ts'
import { supportFrom } from './support.ts'

/** Life in danger: the right number and a calm word at once, whatever the settings of the group say. */
export const emergency: Handler = async (situation) => {
  const outcome = await answerEmergency(situation)
  const { reading, group, person } = situation
  return outcome && both(await breakOffGame(reading, group?.id ?? alone(person.id)), outcome)
}

async function answerEmergency(situation: Situation): Promise<Outcome | undefined> {
  const kind = emergencyIn(situation)
  if (!kind) return moreOfRunning(situation)
  const running = await runningEmergency(situation, kind)
  return running ? joinEmergency(situation, running, kind) : startEmergency(situation, kind)
}

/** 楼上还有个老人没下来, beside a fire that is reported already: news for those who are on their way. */
async function moreOfRunning(situation: Situation): Promise<Outcome | undefined> {
  const { house, text } = situation
  const danger = text.split('\n').some((line) => house.soundsLikeDanger(line))
  const report = situation.understanding.intent === 'complaint'
  if (!danger && !report) return undefined
  const running = await runningEmergency(situation)
  // whoever called tells further; of others only what is dangerous belongs to it
  if (!running || !(danger || tellsFurther(situation, running))) return undefined
  return joinEmergency(situation, running, kindsIn(house, running.text)[0] ?? 'unclear', { vital: true })
}

const tellsFurtherFor = 10 * 60_000

function tellsFurther({ person, now, understanding }: Situation, ticket: Ticket): boolean {
  if (isForeignToEmergency(understanding)) return false
  return takesPart(ticket, person.id) && now - ticket.openedAt <= tellsFurtherFor
}

/** Several people shout about the same fire within this time. */
const sameEmergencyFor = 30 * 60_000

function emergencyIn({ house, text, understanding }: Situation): EmergencyKind | undefined {
  if (understanding.urgency === 'emergency' && understanding.emergency) return understanding.emergency
  const kinds = text.split('\n').map((line) => house.emergencyOf(line))
  return kinds.find((kind) => kind !== undefined)
}

async function startEmergency(situation: Situation, kind: EmergencyKind): Promise<Outcome> {
  const { house, reading, text, photos, understanding, group, person } = situation
  const category = understanding.category ?? categoryOf(kind)
  const place = understanding.place ?? null
  const report = { category, urgency: 'emergency', place, text, photos } as const
  const opening = await openTicket(house, reading, { by: person.id, group }, report)
  const ladder = await startLadder(house, reading, opening.ticket, group, person.name)
  const calm = instruction(house.texts, kind)
  const at = { ticket: opening.ticket.id, at: situation.now }
  return {
    sends: [
      urgently(situation, place ? calm : `${calm}${house.texts.emergencyAskPlace()}`),
      ...(ladder.sends ?? []),
    ],
    timers: ladder.timers ?? [],
    facts: opening.facts,
    puts: opening.puts,
    memory: { lastTicket: at },
    groupState: { lastTicket: at },
    why: `emergency: ${kind}`,
  }
}

/** Of the same kind (or of none that can be told) and perhaps at the same place; or certainly at the same place: fires also hurt people. */
async function runningEmergency(situation: Situation, kind?: EmergencyKind): Promise<Ticket | undefined> {
  const { reading, groupState, memory, understanding, now, house } = situation
  for (const last of [memory?.lastTicket, groupState?.lastTicket]) {
    if (!last || now - last.at > sameEmergencyFor) continue
    const ticket = await reading.get('tickets', last.ticket)
    if (ticket?.urgency !== 'emergency' || !isOpen(ticket)) continue
    const place = comparePlaces(ticket.place, understanding.place ?? null)
    const sameKind = kind === undefined || kindsIn(house, ticket.text).includes(kind)
    if (place === 'same' || (place === 'unknown' && sameKind)) return ticket
  }
  return undefined
}

function kindsIn(house: Situation['house'], text: string): readonly EmergencyKind[] {
  return text
    .split('\n')
    .map((line) => house.emergencyOf(line))
    .filter((kind) => kind !== undefined)
}

/**
 * The same emergency again: what is new goes into its ticket and to staff; the second voice is a supporter.
 * A new danger at the same place gets its own instruction.
 */
async function joinEmergency(
  situation: Situation,
  ticket: Ticket,
  kind: EmergencyKind,
  { vital = false }: { readonly vital?: boolean } = {},
): Promise<Outcome> {
  const { person, understanding, photos, text, house, addressed, reading, group } = situation
  const by = person.id
  const place = tellsPlace(ticket, understanding.place) ? { place: understanding.place } : {}
  const news = { type: 'amended', text, ...place, ...(photos.length > 0 && { photos }) } as const
  const isNew = !kindsIn(house, ticket.text).includes(kind)
  // only what this person says: nobody is quoted with another's words
  const heard = { ...ticket, text, place: place.place ? { ...ticket.place, ...place.place } : ticket.place }
  const told = isNew || vital || place.place ? await tellStaff(house, reading, heard, group, person.name) : {}
  const known = takesPart(ticket, by)
  const wantsWord = addressed || isNew || (!known && ticket.supporters.length === 0)
  const word = isNew ? instruction(house.texts, kind) : house.texts.emergencySupported()
  const supported = { ticket: ticket.id, by, fact: supportFrom(group?.id ?? null, ticket) }
  const done: Outcome = {
    facts: [...(known ? [] : [supported]), { ticket: ticket.id, by, fact: news }],
    sends: [...(wantsWord ? [urgently(situation, word)] : []), ...(told.sends ?? [])],
    memory: { lastTicket: { ticket: ticket.id, at: situation.now } },
    why: known ? 'the same emergency, told further' : 'the same emergency, from somebody else',
  }
  return done.sends?.length ? done : silence('recorded', done)
}

function tellsPlace(ticket: Ticket, place: Place | undefined): place is Place {
  return place !== undefined && Object.keys(place).some((part) => !(part in (ticket.place ?? {})))
}

function urgently(situation: Situation, text: string): Send {
  return { kind: 'reply', to: answerTo(situation), text, urgent: true }
}

function categoryOf(kind: EmergencyKind): Category {
  return kind === 'gas' ? 'utilities' : 'safety'
}

function instruction(texts: Texts, kind: EmergencyKind): string {
  const words = {
    fire: texts.emergencyFire,
    gas: texts.emergencyGas,
    drowning: texts.emergencyDrowning,
    collapse: texts.emergencyCollapse,
    violence: texts.emergencyViolence,
    trapped: texts.emergencyTrapped,
    medical: texts.emergencyMedical,
    falling: texts.emergencyFalling,
    electric: texts.emergencyElectric,
    unclear: texts.emergencyUnclear,
  }
  return words[kind]()
}
