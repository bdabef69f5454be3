import type { Sorting } from '../../knowledge/garbage/sorting.ts'
import { type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/** Which bin: one line with the bin and what to do before. */
export const garbage: Handler = async (situation) => {
  const { understanding, addressed, staff, house, text } = situation
  if (understanding.intent !== 'garbage') return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  if (!addressed && !understanding.evidence) return silence('noEvidence')
  const sorting = house.garbage.sort(text, house.settings.region)
  const enough = addressed ? sureEnough.addressed : sureEnough.unasked
  if (sorting.item !== null && sorting.confidence >= enough)
    return sayIfFitting(situation, `garbage/${sorting.item}`, garbageText(situation, sorting))
  return addressed ? unknownItem(situation) : silence('noItem')
}

const sureEnough = { addressed: 0.45, unasked: 0.6 }

export function garbageText({ house }: Situation, { item, categoryName, hint }: Sorting): string {
  const words = { item: item ?? '', category: categoryName ?? '' }
  return hint ? house.texts.garbageAnswer({ ...words, hint }) : house.texts.garbageAnswerPlain(words)
}

function unknownItem(situation: Situation): Outcome {
  return reply(situation, situation.house.texts.garbageUnknown(), { question: { text: situation.text } })
}
