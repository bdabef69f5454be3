import { plainDate } from '../../tickets/shanghai-time.ts'
import type { ArrivedNotice } from '../notices/residents/group-notices.ts'
import { noticesKnown, ownWords } from '../notices/residents/known.ts'
import { noticeAspects } from '../notices/residents/notice-aspects.ts'
import { wordsSaying } from '../notices/residents/notice-says.ts'
import {
  buildingsIn,
  isAfterTime,
  isOffForThemselves,
  isSaidToBeOff,
  isWithinTime,
  saysOnlyThatItIsOff,
  stillOff,
} from '../notices/residents/outage.ts'
import type { Report } from '../open-ticket.ts'
import type { Handler, Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'
import { takeReport } from './complaint.ts'

/**
 * 怎么又停水了, while a notice says that the water is off here and now: its sentence instead of a ticket. Outside its
 * time or its buildings, or with anything else that is wrong, it is a complaint like every other.
 */
export const noticeExplains: Handler = async (situation) => {
  const { text, staff, addressed, photos, understanding } = situation
  if ((staff && !addressed) || photos.length > 0 || understanding.urgency === 'emergency') return undefined
  if (understanding.intent === 'garbage' || understanding.intent === 'quiz') return undefined
  const sighs = saysOnlyThatItIsOff(text, everyOutage)
  const waits = stillOff(text, everyOutage)
  const saysOff = isSaidToBeOff(text, everyOutage)
  if (!sighs && !waits && !saysOff) return undefined
  const known = await noticesKnown(situation, lateFor)
  const unexplained = saysOff && known.find((each) => leavesUnexplained(situation, each))
  if (unexplained) return takeReport(situation, reportOf(situation, outsideOf(situation, unexplained)))
  const arrived = sighs && known.find((each) => each.state === 'runs' && explains(situation, each))
  if (!arrived) {
    const late = waits && known.some((each) => isLate(situation, each))
    return late ? takeReport(situation, reportOf(situation)) : undefined
  }
  const words = wordsTold(ownWords(situation.house, arrived.notice))
  const said = situation.house.texts.noticeExplains({ words, day: plainDate(arrived.at) })
  const why = `notice ${arrived.notice.id} says so`
  const onSubject = { ...situation, text: `${text} ${words}` }
  return { ...sayIfFitting(onSubject, `notice/${arrived.notice.id}/explains`, said), why }
}

/** Cheap, before any notice is read: what such a line speaks of at all. */
const everyOutage = '停水停电停气停暖断网供水供电供暖燃气网络暖气'

/** It speaks of this, but not of their building, and not of what is off at their home alone, or for days. */
function leavesUnexplained(situation: Situation, arrived: ArrivedNotice): boolean {
  const { house, text } = situation
  const words = ownWords(house, arrived.notice)
  if (arrived.state !== 'runs' || !isSaidToBeOff(text, words)) return false
  return isOffForThemselves(text, words) || outsideOf(situation, arrived) !== undefined
}

/** The building that they name and the notice does not; the last one: 不是说1-6号楼吗，我们10号楼怎么也没水. */
function outsideOf({ house, text, understanding }: Situation, { notice }: ArrivedNotice): string | undefined {
  const named = buildingsIn(ownWords(house, notice))
  if (named.length === 0) return undefined
  const said = [
    ...buildingsIn(text),
    ...(understanding.place?.building ? [understanding.place.building] : []),
  ]
  return said.findLast((building) => !named.includes(building))
}

function explains(situation: Situation, { notice }: ArrivedNotice): boolean {
  const { house, text, now } = situation
  const words = ownWords(house, notice)
  if (!saysOnlyThatItIsOff(text, words) || !isWithinTime(house, notice, words, now)) return false
  return isInBuildings(situation, words)
}

function isInBuildings({ understanding }: Situation, words: string): boolean {
  const building = understanding.place?.building
  const buildings = buildingsIn(words)
  return building === undefined || buildings.length === 0 || buildings.includes(building)
}

/** It should be back by now: the notice is over, and 还没来水. */
function isLate(situation: Situation, { notice, state }: ArrivedNotice): boolean {
  const { house, text, now } = situation
  if ((state !== 'over' && state !== 'runs') || now - notice.expiresAt > lateFor) return false
  const words = ownWords(house, notice)
  return stillOff(text, words) && isAfterTime(house, notice, words, now) && isInBuildings(situation, words)
}

const lateFor = 12 * 3_600_000

function reportOf({ text, understanding, photos }: Situation, building?: string): Report {
  const { urgency } = understanding
  const place = building === undefined ? (understanding.place ?? null) : { building }
  return { category: 'utilities', urgency: urgency === 'normal' ? 'high' : urgency, place, text, photos }
}

/** Until when, and where; else its first words. */
function wordsTold(words: string): string {
  const told = (['end', 'when', 'scope'] as const).flatMap((name) => {
    const aspect = noticeAspects.find((each) => each.name === name)
    const said = aspect && wordsSaying({ aspect }, words)
    return said === undefined ? [] : [said]
  })
  const [first, ...more] = [...new Set(told)]
  return first === undefined
    ? [...words.replace(/\s+/gu, ' ')].slice(0, 40).join('')
    : [first, ...more].join('；')
}
