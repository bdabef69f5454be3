import { answerText } from '../../knowledge/answer-text.ts'
import type { Sorting } from '../../knowledge/garbage/sorting.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { type Outcome, silence } from '../outcome.ts'
import { askStaffAnswers } from '../questions/staff-knowledge.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, sayIfFitting } from '../speak.ts'
import type { Texts } from '../texts.ts'

/** Which bin: one line with the bin and what to do before. */
export const garbage: Handler = async (situation) => {
  const { understanding, addressed, staff, house, text } = situation
  if (understanding.intent !== 'garbage') return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  if (!addressed && !understanding.evidence) return silence('noEvidence')
  const { passage } = (await askStaffAnswers(situation)) ?? {}
  if (passage)
    return sayIfFitting(
      situation,
      `policy/${passage.id}`,
      answerText(passage, text, localDate(situation.now)),
    )
  const sorting = house.garbage.sort(text, house.settings.region)
  if (sorting.item !== null && isSureEnough('garbage', sorting.confidence, situation)) {
    const key = ['garbage', sorting.item, ...(sorting.city ? [sorting.city] : [])].join('/')
    return sayIfFitting(situation, key, garbageText(situation, sorting))
  }
  return addressed ? unknownItem(situation) : silence('noItem')
}

/** The bin, why (where no list says so), what to do before; and that cities differ, where nobody set one. */
export function garbageText({ house: { texts } }: Situation, sorting: Sorting): string {
  const { categoryName: category = '', hint, because, city, elsewhere = [] } = sorting
  const said = sorting.item ?? ''
  const item = city === undefined ? said : texts.garbageNamedCity({ item: said, city })
  const more = [because, hint].filter((words) => words !== undefined).join('，')
  const answer =
    more === ''
      ? texts.garbageAnswerPlain({ item, category })
      : texts.garbageAnswer({ item, category, hint: more })
  return elsewhere.length === 0 ? answer : answer + citiesDiffer(texts, elsewhere)
}

function citiesDiffer(texts: Texts, elsewhere: NonNullable<Sorting['elsewhere']>): string {
  const citiesOf = new Map<string, string[]>()
  for (const { city, categoryName } of elsewhere)
    citiesOf.set(categoryName, [...(citiesOf.get(categoryName) ?? []), city])
  const cities = [...citiesOf].map(([category, names]) =>
    texts.garbageCity({ city: names.join('、'), category }),
  )
  return texts.garbageElsewhere({ cities: cities.join('，') })
}

function unknownItem(situation: Situation): Outcome {
  return reply(situation, situation.house.texts.garbageUnknown(), { question: { text: situation.text } })
}
