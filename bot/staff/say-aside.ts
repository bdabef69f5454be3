import { parseStaffCommand } from '../../intents/staff-commands.ts'
import { type HowTo, readAside } from '../../intents/staff-words/asides.ts'
import { findNumber, saidNumber } from '../../tickets/number.ts'
import { roleWord } from '../describe.ts'
import type { Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketsInSight } from './tickets-in-sight.ts'

/** 怎么延期, 销号 1120-003, 我是城管的: answered with what to do; undefined when it is something else. */
export async function sayAside(situation: Situation): Promise<Outcome | undefined> {
  if (parseStaffCommand(situation.text)) return undefined
  const { house, person } = situation
  const said = readAside(situation.text)
  switch (said?.aside) {
    case undefined:
      return undefined
    case 'how':
      return sayHow(situation, said.of)
    case 'close':
      return reply(situation, house.texts.staffCloses({ number: await exampleNumber(situation) }))
    case 'workplace': {
      const role = `${person.department ?? ''}${roleWord(house.texts, person.role)}`
      return reply(situation, house.texts.staffWorkplace({ role }))
    }
  }
}

/** The example of one order, with the number of a ticket that they have. */
export async function sayHow(situation: Situation, of: HowTo): Promise<Outcome> {
  const { texts } = situation.house
  const words = { number: await exampleNumber(situation) }
  const sentences = {
    ...{ accept: texts.howAccept, complete: texts.staffNoteMissing, extend: texts.missingExtension },
    ...{ decide: texts.howDecide, hold: texts.missingHold, resume: texts.howResume },
    ...{ return: texts.missingReturn, decline: texts.missingDecline, whistle: texts.missingWhistle },
    ...{ 'report-for-duty': texts.howReport, reassign: texts.missingReassign, reopen: texts.howReopen },
  }
  return reply(situation, sentences[of](words))
}

/** As in the help. */
const anyNumber = '1120-003'

async function exampleNumber(situation: Situation): Promise<string> {
  const said = findNumber(situation.text)
  if (said) return said.said
  const [first] = await ticketsInSight(situation)
  return first ? saidNumber(first.id) : anyNumber
}
