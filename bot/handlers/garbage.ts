import { maskPersonalData } from '../../intents/personal-data.ts'
import { answerText } from '../../knowledge/answer-text.ts'
import type { Sorting } from '../../knowledge/garbage/sorting.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { type Outcome, silence } from '../outcome.ts'
import { isDismissed } from '../questions/list-question.ts'
import { askStaffAnswers } from '../questions/staff-knowledge.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, sayIfFitting } from '../speak.ts'
import type { Texts } from '../texts.ts'

/** Which bin: one line with the bin and what to do before; of several things each with its bin. */
export const garbage: Handler = async (situation) => {
  const { understanding, addressed, staff, house, text } = situation
  if (understanding.intent !== 'garbage') return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  // that staff answered this very question is evidence enough
  const { passage } = (await askStaffAnswers(situation)) ?? {}
  if (!passage && !addressed && !understanding.evidence) return silence('noEvidence')
  if (passage)
    return sayIfFitting(
      situation,
      `policy/${passage.id}`,
      answerText(passage, text, localDate(situation.now)),
    )
  const things = house.garbage.sortEach(text, house.settings.region)
  if (things.length > 0 && things.every(({ confidence }) => isSureEnough('garbage', confidence, situation)))
    return sayIfFitting(situation, keyOf(things), severalText(house.texts, things))
  const sorting = house.garbage.sort(text, house.settings.region)
  if (sorting.item !== null && isSureEnough('garbage', sorting.confidence, situation))
    return sayIfFitting(situation, keyOf([sorting]), garbageText(situation, sorting))
  return addressed ? unknownItem(situation) : silence('noItem')
}

/** garbage/电池+灯管/上海: what is not said again soon. */
function keyOf(things: readonly Sorting[]): string {
  const [first] = things
  const items = things.map(({ item }) => item).join('+')
  return ['garbage', items, ...(first?.city ? [first.city] : [])].join('/')
}

/** 旧报纸是可回收物，剩菜、菜叶都是厨余垃圾: what shares a bin stands together. */
function severalText(texts: Texts, things: readonly Sorting[]): string {
  const groups = new Map<string, Sorting[]>()
  for (const thing of things) {
    const key = `${thing.categoryName} ${thing.hint ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), thing])
  }
  const answers = [...groups.values()].map((group) => groupText(texts, group)).join('，')
  const city = things.find((thing) => thing.city !== undefined)?.city
  if (city !== undefined) return texts.garbageSeveralInCity({ city, answers })
  const differs = things.some(({ elsewhere }) => elsewhere !== undefined)
  return texts.garbageSeveral({ answers }) + (differs ? texts.garbageSeveralElsewhere() : '')
}

function groupText(texts: Texts, group: readonly Sorting[]): string {
  const items = group.map(({ said, item }) => said ?? item).join('、')
  const { categoryName: category = '', hint } = group[0] ?? {}
  if (hint !== undefined) return texts.garbageEachHint({ items, category, hint })
  return group.length === 1 ? texts.garbageEach({ items, category }) : texts.garbageSame({ items, category })
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

/** Listed in any case; nobody looks at what staff dismissed. */
async function unknownItem(situation: Situation): Promise<Outcome> {
  const { house, text, reading, group, person } = situation
  const asked = { text: maskPersonalData(text), group: group?.id ?? null, person: person.id }
  const isLookedAt = !(await isDismissed(house, reading, asked))
  const words = isLookedAt ? house.texts.garbageUnknown() : house.texts.garbageUnknownAskSite()
  return reply(situation, words, { question: { text } })
}
