import { plainDate } from '../../tickets/shanghai-time.ts'
import type { ArrivedNotice } from '../notices/group-notices.ts'
import { noticesKnown, ownWords } from '../notices/known.ts'
import { noticeAspects } from '../notices/notice-aspects.ts'
import { wordsSaying } from '../notices/notice-says.ts'
import { buildingsIn, isWithinTime, saysOnlyThatItIsOff } from '../notices/outage.ts'
import type { Handler, Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/**
 * 怎么又停水了, while a notice says that the water is off here and now: its sentence instead of a ticket. Outside its
 * time or its buildings, or with anything else that is wrong, it is a complaint like every other.
 */
export const noticeExplains: Handler = async (situation) => {
  const { text, staff, addressed, photos, understanding } = situation
  if ((staff && !addressed) || photos.length > 0 || understanding.urgency === 'emergency') return undefined
  if (understanding.intent === 'garbage' || understanding.intent === 'quiz') return undefined
  if (!saysOnlyThatItIsOff(text, everyOutage)) return undefined
  const running = (await noticesKnown(situation)).filter(({ state }) => state === 'runs')
  const arrived = running.find((each) => explains(situation, each))
  if (!arrived) return undefined
  const words = wordsTold(ownWords(situation.house, arrived.notice))
  const said = situation.house.texts.noticeExplains({ words, day: plainDate(arrived.at) })
  const why = `notice ${arrived.notice.id} says so`
  return { ...sayIfFitting(situation, `notice/${arrived.notice.id}/explains`, said), why }
}

/** Cheap, before any notice is read: what such a line speaks of at all. */
const everyOutage = '停水停电停气停暖断网供水供电供暖燃气网络暖气'

function explains({ house, text, understanding, now }: Situation, { notice }: ArrivedNotice): boolean {
  const words = ownWords(house, notice)
  if (!saysOnlyThatItIsOff(text, words) || !isWithinTime(house, notice, words, now)) return false
  const building = understanding.place?.building
  const buildings = buildingsIn(words)
  return building === undefined || buildings.length === 0 || buildings.includes(building)
}

/** Until when, and where; else its first words. */
function wordsTold(words: string): string {
  const told = (['end', 'when', 'scope'] as const).flatMap((name) => {
    const aspect = noticeAspects.find((each) => each.name === name)
    const said = aspect && wordsSaying({ aspect }, words)
    return said === undefined ? [] : [said]
  })
  const [first, ...more] = [...new Set(told)]
  return first === undefined ? [...words.replace(/\s+/gu, ' ')].slice(0, 40).join('') : [first, ...more].join('；')
}
