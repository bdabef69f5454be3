import { formatPlace } from '../../intents/places.ts'
import { isPrivateEmergency } from '../../intents/private-emergency.ts'
import type { Category, EmergencyKind, Place } from '../../intents/understanding.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { isRunning, type Ticket, takesPart } from '../../tickets/ticket.ts'
import { startLadder, tellStaff } from '../duties/ladder.ts'
import { ladderId } from '../duties/promises-over.ts'
import { isForeignToEmergency } from '../foreign-to-emergency.ts'
import { openTicket } from '../open-ticket.ts'
import { both, type Outcome, type Send, silence } from '../outcome.ts'
import { breakOffGame } from '../quiz/break-off.ts'
import { alone } from '../quiz/scores.ts'
import { answerTo, type Handler, type Situation } from '../situation.ts'
import { isNoticeOfStaff } from '../staff/notices/is-notice.ts'
import type { Texts } from '../texts.ts'
import { calledOff } from './emergency-called-off.ts'
import {
  type Echo,
  echoOfEmergency,
  emergencyAgain,
  emergencyWithNews,
  kindsIn,
  runningEmergency,
} from './running-emergency.ts'
import { supportFrom } from './support.ts'

/** Life in danger: the right number and a calm word at once, whatever the settings of the group say. */
export const emergency: Handler = async (situation) => {
  const outcome = await answerEmergency(situation)
  const { reading, group, person } = situation
  return outcome && both(await breakOffGame(reading, group?.id ?? alone(person.id)), outcome)
}

async function answerEmergency(situation: Situation): Promise<Outcome | undefined> {
  if (await isNoticeOfStaff(situation)) return undefined
  const kind = emergencyIn(situation)
  const again = await emergencyAgain(situation)
  if (again) return isAgain(situation, again)
  const smelled = kind === undefined || kind === 'unclear' ? await echo(situation) : undefined
  if (smelled) return smelled
  if (!kind) return (await calledOff(situation)) ?? moreOfRunning(situation)
  const running = await runningEmergency(situation, kind)
  return running ? joinEmergency(situation, running, kind) : startEmergency(situation, kind)
}

/** It was thought to be over: staff hear it anew, and whoever says it is told again what to do. */
async function isAgain(situation: Situation, { ticket, kind, elsewhere }: Echo): Promise<Outcome> {
  if (!isRunning(ticket) || elsewhere) return startEmergency(situation, kind)
  const { house, reading, group, person } = situation
  const joined = await joinEmergency(situation, ticket, kind, { vital: true, advice: true })
  if (await reading.get('timers', ladderId(ticket.id))) return joined
  const { timers } = await startLadder(house, reading, ticket, group, person.name)
  return both(joined, { timers: timers ?? [] })
}

async function echo(situation: Situation): Promise<Outcome | undefined> {
  const heard = await echoOfEmergency(situation)
  if (!heard) return undefined
  const { ticket, kind, elsewhere } = heard
  return elsewhere ? startEmergency(situation, kind) : joinEmergency(situation, ticket, kind)
}

/** 楼上还有个老人没下来, beside a fire that is reported already: news for those who are on their way. */
async function moreOfRunning(situation: Situation): Promise<Outcome | undefined> {
  const { house, text } = situation
  const danger = text.split('\n').some((line) => house.soundsLikeDanger(line))
  const report = situation.understanding.intent === 'complaint'
  if (!danger && !report) return undefined
  const further = (ticket: Ticket) => tellsFurther(situation, ticket)
  const running = await emergencyWithNews(situation, { danger, further })
  if (!running) return undefined
  return joinEmergency(situation, running, kindsIn(house, running.text)[0] ?? 'unclear', { vital: true })
}

const tellsFurtherFor = 10 * 60_000

function tellsFurther({ person, now, understanding }: Situation, ticket: Ticket): boolean {
  if (isForeignToEmergency(understanding)) return false
  return takesPart(ticket, person.id) && now - ticket.openedAt <= tellsFurtherFor
}

function emergencyIn({ house, text, understanding }: Situation): EmergencyKind | undefined {
  if (understanding.urgency === 'emergency' && understanding.emergency) return understanding.emergency
  const kinds = text.split('\n').map((line) => house.emergencyOf(line))
  return kinds.find((kind) => kind !== undefined)
}

async function startEmergency(situation: Situation, kind: EmergencyKind): Promise<Outcome> {
  const { house, reading, text, photos, understanding, group, person } = situation
  const category = understanding.category ?? categoryOf(kind)
  const place = understanding.place ?? null
  const isPrivate = isPrivateEmergency(kind, text)
  const told = { category, urgency: 'emergency', place, text, photos } as const
  const report = isPrivate ? { ...told, sensitive: true } : told
  const opening = await openTicket(house, reading, { by: person.id, group }, report)
  const ladder = await startLadder(house, reading, opening.ticket, group, person.name)
  const calm = instruction(house.texts, kind)
  // whoever is beaten or despairs tells no group where they are; for the lost, the instruction asks where they were seen
  const asksPlace = place === null && kind !== 'missing' && !(isPrivate && group)
  const at = { ticket: opening.ticket.id, at: situation.now }
  return {
    sends: [
      urgently(situation, asksPlace ? `${calm}${house.texts.emergencyAskPlace()}` : calm),
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

/**
 * The same emergency again: what is new goes into its ticket and to staff; the second voice is a supporter.
 */
async function joinEmergency(
  situation: Situation,
  ticket: Ticket,
  kind: EmergencyKind,
  { vital = false, advice = false }: { readonly vital?: boolean; readonly advice?: boolean } = {},
): Promise<Outcome> {
  const { person, photos, text, house, addressed, reading, group } = situation
  const by = person.id
  const { place, heard, where } = heardFrom(situation, ticket)
  const news = { type: 'amended', text, ...place, ...(photos.length > 0 && { photos }) } as const
  const isNew = advice || !kindsIn(house, ticket.text).includes(kind)
  const tell = isNew || vital || 'place' in place
  const told = tell ? await tellStaff(house, reading, heard, group, person.name, where) : {}
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

/** Only what this person says: nobody is quoted with another's words, nor with another's place. */
function heardFrom({ person, understanding, text, house }: Situation, ticket: Ticket) {
  const known = takesPart(ticket, person.id)
  const said = understanding.place
  if (!said) {
    const heard = { ...ticket, text, place: known ? ticket.place : null }
    return { place: {}, heard, where: known ? undefined : placeOfFirst(house, ticket) }
  }
  // two who name different parts of a place may mean two places
  const isThere = known || ticket.place === null || comparePlaces(ticket.place, said) === 'same'
  const place = isThere && tellsPlace(ticket, said) ? { place: said } : {}
  const heard = { ...ticket, text, place: isThere ? { ...ticket.place, ...said } : said }
  return { place, heard, where: undefined }
}

function placeOfFirst({ texts }: Situation['house'], { place }: Ticket): string | undefined {
  return place ? texts.emergencyPlaceOfFirst({ place: formatPlace(place, { withRoom: true }) }) : undefined
}

function tellsPlace(ticket: Ticket, place: Place): boolean {
  return Object.keys(place).some((part) => !(part in (ticket.place ?? {})))
}

function urgently(situation: Situation, text: string): Send {
  return { kind: 'reply', to: answerTo(situation), text, urgent: true }
}

function categoryOf(kind: EmergencyKind): Category {
  return kind === 'gas' ? 'utilities' : 'safety'
}

function instruction(texts: Texts, kind: EmergencyKind): string {
  const words = {
    despair: texts.emergencyDespair,
    missing: texts.emergencyMissing,
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
