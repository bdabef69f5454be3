import type { Knowledge } from '../../../knowledge/answer.ts'
import { localDate } from '../../../tickets/shanghai-time.ts'
import type { House } from '../../house.ts'
import type { ArrivedNotice } from './group-notices.ts'
import { ownWords } from './known.ts'
import { speaksOnlyOf } from './notice-question.ts'
import { sentencesOf } from './notice-says.ts'

/**
 * The sentences of a running notice as knowledge, for questions that no aspect is for: 家里有呼吸机怎么办. So few sentences
 * do not tell the search which words are rare; besides its own decision, every word of the question has to be one of
 * the notice's.
 */
export function sentenceAnswering(
  house: House,
  { notice }: ArrivedNotice,
  text: string,
  { asked }: { readonly asked: boolean },
): string | undefined {
  const words = ownWords(house, notice)
  if (!speaksOnlyOf(text, words, { asked })) return undefined
  const answer = knowledgeIn(house, notice.id, words).ask(text, { today: localDate(house.now()) })
  const sure = answer.answered && answer.confidence >= (asked ? sureEnough.asked : sureEnough.unasked)
  return sure ? answer.passage?.text : undefined
}

const sureEnough = { asked: 0.7, unasked: 0.93 }
const shortest = 6
const kept = 50

/** Built once for each notice; its words do not change any more. */
const libraries = new WeakMap<
  House['store'],
  Map<string, { readonly words: string; readonly knowledge: Knowledge }>
>()

function knowledgeIn(house: House, id: string, words: string): Knowledge {
  const library = libraries.get(house.store) ?? new Map()
  libraries.set(house.store, library)
  const known = library.get(id)
  if (known?.words === words) return known.knowledge
  const sentences = sentencesOf(words).filter((sentence) => sentence.length >= shortest)
  const passages = sentences.map((text, at) => ({
    ...{ id: `notice/${id}#${at}`, title: '', heading: '', alsoAsked: [], text, tags: [] },
  }))
  const knowledge = house.knowledgeOf(passages)
  if (library.size >= kept) library.delete(library.keys().next().value ?? '')
  library.set(id, { words, knowledge })
  return knowledge
}
