import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { seededRandom } from '../statistics.ts'

/**
 * Passages and questions for the search bench, the same in every process. Of each section of the sample
 * documents one phrasing under `问法` is taken out and becomes a question; the rest is indexed. To reach a size,
 * sections are recombined: such a passage has the vocabulary of the real ones but answers nothing.
 */

export interface Question {
  readonly text: string
  /** Id of the section that it was taken from. */
  readonly expected: string
}

export interface SearchSet {
  readonly passages: readonly Passage[]
  readonly questions: readonly Question[]
}

const seed = 20_261_118
/** So many of the real sections, the same at every size: more would leave no room for others at 1,000. */
const realSections = 600

export async function loadSearchSet(size: number): Promise<SearchSet> {
  const sections = await loadKnowledgeFolder(`${projectRoot()}/knowledge/policies`)
  const random = seededRandom(seed)
  const { passages, questions } = holdOut(shuffle([...sections], random).slice(0, realSections))
  if (size < passages.length) throw new Error(`expected at least ${passages.length} passages, got ${size}`)
  const made = Array.from({ length: size - passages.length }, (_, at) => recombine(passages, at, random))
  return { passages: shuffle([...passages, ...made], random), questions }
}

function holdOut(sections: readonly Passage[]): { passages: Passage[]; questions: Question[] } {
  const random = seededRandom(seed)
  const questions: Question[] = []
  const passages = sections.map((section) => {
    const taken = Math.floor(random() * section.alsoAsked.length)
    const text = section.alsoAsked[taken]
    if (text === undefined) return section
    questions.push({ text, expected: section.id })
    return { ...section, alsoAsked: section.alsoAsked.filter((_, at) => at !== taken) }
  })
  return { passages, questions }
}

/**
 * Heading and phrasing: the front half of one section's and the back half of another's. Text: three sentences of
 * three sections and one with a place of its own. Title: a document's name behind a district's. Digits are
 * drawn anew. So rare names and numbers grow with the size, as they do in real collections.
 */
function recombine(sections: readonly Passage[], at: number, random: () => number): Passage {
  const any = () => pick(sections, random)
  const place = `${pick(syllables, random)}${pick(syllables, random)}`
  const sentences = [any(), any(), any()].map((section) => pick(sentencesOf(section.text), random))
  const about = any()
  return {
    id: `made-${at}#1`,
    title: `${place}街道${about.title}`,
    heading: redraw(halves(any().heading, any().heading), random),
    alsoAsked: [redraw(halves(phraseOf(any()), phraseOf(any())), random)],
    text: redraw([...sentences, `地址在${place}路1号。`].join(''), random),
    tags: about.tags,
  }
}

function phraseOf(section: Passage): string {
  return section.alsoAsked[0] ?? section.heading
}

function halves(front: string, back: string): string {
  return front.slice(0, Math.ceil(front.length / 2)) + back.slice(Math.floor(back.length / 2))
}

function sentencesOf(text: string): string[] {
  return text.match(/[^。！？\n]+[。！？]?/gu) ?? [text]
}

function redraw(text: string, random: () => number): string {
  return text.replace(/\d/gu, () => String(Math.floor(random() * 10)))
}

function pick<T>(values: ArrayLike<T>, random: () => number): T {
  return values[Math.floor(random() * values.length)] as T
}

/** So that real sections stand anywhere, not in front. */
function shuffle<T>(values: T[], random: () => number): T[] {
  for (let at = values.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[values[at], values[other]] = [values[other] as T, values[at] as T]
  }
  return values
}

const syllables = '云松柳桐枫桂兰竹梅荷石泉溪湖河江海山岭坡沙田园林桥塔井钟鼓楼亭台阁院庙寺门关口村庄屯堡'
