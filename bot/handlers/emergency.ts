import type { Category, EmergencyKind } from '../../intents/understanding.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import { startLadder } from '../ladder.ts'
import { openTicket } from '../open-ticket.ts'
import type { Outcome, Send } from '../outcome.ts'
import { answerTo, type Handler, type Situation } from '../situation.ts'
import type { Texts } from '../texts.ts'

/** Life in danger: the right number and a calm word at once, whatever the settings of the group say. */
export const emergency: Handler = async (situation) => {
  const kind = emergencyIn(situation)
  if (!kind) return undefined
  const running = await runningEmergency(situation)
  return running ? joinEmergency(situation, running) : startEmergency(situation, kind)
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
  const opening = await openTicket(situation, { category, urgency: 'emergency', place, text, photos })
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

async function runningEmergency({
  reading,
  groupState,
  memory,
  understanding,
  now,
}: Situation): Promise<Ticket | undefined> {
  for (const last of [memory?.lastTicket, groupState?.lastTicket]) {
    if (!last || now - last.at > sameEmergencyFor) continue
    const ticket = await reading.get('tickets', last.ticket)
    if (ticket?.urgency !== 'emergency' || !isOpen(ticket)) continue
    if (comparePlaces(ticket.place, understanding.place ?? null) !== 'different') return ticket
  }
  return undefined
}

/** The same emergency again: what is new goes into its ticket; the second voice is a supporter. */
function joinEmergency(situation: Situation, ticket: Ticket): Outcome {
  const { person, understanding, photos, text, house, addressed } = situation
  const { place } = understanding
  const by = person.id
  const news = {
    type: 'amended',
    text,
    ...(place && { place }),
    ...(photos.length > 0 && { photos }),
  } as const
  const known = ticket.reporter === by || ticket.supporters.includes(by)
  const memory = { lastTicket: { ticket: ticket.id, at: situation.now } }
  const amended = { ticket: ticket.id, by, fact: news }
  const calming = urgently(situation, house.texts.emergencySupported())
  if (known) {
    const why = 'the same emergency, told further'
    if (addressed) return { facts: [amended], sends: [calming], memory, why }
    return { facts: [amended], memory, silence: 'recorded', why }
  }
  return {
    facts: [{ ticket: ticket.id, by, fact: { type: 'supported' } }, amended],
    sends: addressed || ticket.supporters.length === 0 ? [calming] : [],
    memory,
    why: 'the same emergency, from somebody else',
  }
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
  }
  return words[kind]()
}
