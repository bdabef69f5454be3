/**
 * May a worded answer be sent? Only when every clause of it says what a clause of the passages says. Refusing
 * costs little, because then the extract itself is sent: so every doubt refuses.
 */
import type { ModelPassage } from '../../bot/ports/model.ts'
import { clausesStand } from './clauses.ts'
import { figuresStand } from './figures.ts'
import { placesStand } from './place-names.ts'

const mostAnswerCharacters = 120

interface GroundingContext {
  readonly question: string
  readonly passages: readonly ModelPassage[]
  /** What the model was told, which residents must not read. */
  readonly instructions: string
}

type Check = (answer: string, context: GroundingContext, source: string) => boolean

/** In the order of asking; the name of the first that fails is the reason. */
const checks: readonly (readonly [reason: string, passes: Check])[] = [
  ['empty', (answer) => answer.trim() !== ''],
  ['too long', (answer) => [...answer].length <= mostAnswerCharacters],
  [
    'marks that are no plain words',
    (answer) => !/[<>@‹›＜＞＠]|```|\]\(|^\s*[#{|]|\[[^\]]*\]|某室/m.test(answer),
  ],
  ['talks about its instructions', (answer) => !aboutInstructions.test(answer)],
  [
    'repeats its instructions',
    (answer, { instructions }, source) => !repeats(answer, instructions, source, 10),
  ],
  ['repeats the question', (answer, { question }, source) => !repeats(answer, question, source, 8)],
  ['a figure that is not in the passages', (answer, { passages }) => figuresStand(answer, passages)],
  ['a title that is not in the passages', (answer, _, source) => titlesStand(answer, source)],
  ['a place that is not in the passages', (answer, _, source) => placesStand(answer, source)],
  [
    'a link or name in letters that is not in the passages',
    (answer, _, source) => lettersStand(answer, source),
  ],
  ['speaks of something else', (answer, _, source) => shareOfKnownCharacters(answer, source) >= 0.5],
  [
    'a clause that no clause of the passages bears out',
    (answer, { passages }) => clausesStand(answer, passages),
  ],
]

/** @returns why not, in words without any of the answer's own; undefined when it may be sent */
export function whyUngrounded(answer: string, context: GroundingContext): string | undefined {
  const source = context.passages
    .map(({ title, heading, text }) => `${title}\n${heading}\n${text}`)
    .join('\n')
  return checks.find(([, passes]) => !passes(answer, context, source))?.[0]
}

const aboutInstructions =
  /系统提示|提示词|(以上|上述|你的|我的|收到的?)(指令|要求|设定)|(忽略|无视|遵循|按照).{0,6}(指令|设定)|语言模型|人工智能助手|作为(一[个名])?AI|system\s*prompt|instruction|JSON/i

/** Does a run of `length` characters stand in both, that the passages do not have? */
function repeats(answer: string, other: string, source: string, length: number): boolean {
  const [said, told, known] = [bare(answer), bare(other), bare(source)]
  for (let at = 0; at + length <= said.length; at++) {
    const run = said.slice(at, at + length)
    if (told.includes(run) && !known.includes(run)) return true
  }
  return false
}

function titlesStand(answer: string, source: string): boolean {
  const known = bare(source)
  const titles = [...answer.matchAll(/《([^》]*)》?/g)].map(([, title = '']) => bare(title))
  return titles.every((title) => title.length >= 2 && known.includes(title))
}

/** Addresses, accounts, names of programs: whatever is written in three letters or more, and every address. */
function lettersStand(answer: string, source: string): boolean {
  const known = source.normalize('NFKC').toLowerCase()
  const words =
    answer
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9][a-z0-9_\-./:?&=%#~+]*/g) ?? []
  return words
    .filter((word) => /[a-z].*[a-z].*[a-z]|[a-z0-9]\.[a-z]|:\/\//.test(word))
    .every((word) => known.includes(word.replace(/[-./:?&=%#~+]+$/, '')))
}

/** A coarse guard against answers to another question: of the characters said, how many do the passages have? */
function shareOfKnownCharacters(answer: string, source: string): number {
  const known = new Set(source)
  const said = answer.match(/[\u3400-\u9fff]/g) ?? []
  return said.length === 0 ? 1 : said.filter((character) => known.has(character)).length / said.length
}

/** Only what carries meaning: layout, punctuation and width do not hide a repetition. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
