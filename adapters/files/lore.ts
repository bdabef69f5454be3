import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Lore } from '../../bot/house.ts'
import { type CorrectionWords, parseCorrectionWords } from '../../bot/learning/correction-words.ts'
import { parseTexts } from '../../bot/texts.ts'
import type { Example } from '../../intents/corpus.ts'
import { fingerprintOf } from '../../intents/model-training.ts'
import { type Rules, withLandmarks } from '../../intents/rules.ts'
import { createSigns, type Signs } from '../../intents/signs.ts'
import { createUnderstander } from '../../intents/understand.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { createQuestionGrouping } from '../../knowledge/question-groups.ts'
import type { ThingList } from '../../tickets/same-problem.ts'
import { readReportSettings } from '../reports/settings-file.ts'
import { readAlarms } from './alarms-file.ts'
import { readCalendar, readCategories } from './categories-file.ts'
import { readCorpus } from './corpus-folder.ts'
import { readDesk } from './desk-file.ts'
import { readDuty } from './duty-file.ts'
import { loadGarbageFolder } from './garbage-folder.ts'
import { readGrid } from './grid-file.ts'
import { loadKnowledgeFolder } from './knowledge-folder.ts'
import { loadModel } from './model-file.ts'
import { type LearnedModel, openModelShelf, SpoiledModelError } from './model-shelf.ts'
import { readNoticeTemplates } from './notice-templates-file.ts'
import { readNoticeRules } from './notices-file.ts'
import { ownKnowledgeIn, readServingKnowledge } from './own-knowledge.ts'
import { loadQuizQuestions } from './quiz-questions-file.ts'
import { readRouting } from './routing-file.ts'
import { readRules } from './rules-files.ts'
import { readSensitive } from './sensitive-file.ts'
import { readSupervision } from './supervision-file.ts'

export interface LoreOptions {
  /** Garbage rules of this city. */
  readonly region?: string | undefined
  /** What was learned there serves instead of the shipped model. */
  readonly dataFolder?: string
  /** The community's own documents, which need not be there. Default: those of the data folder. */
  readonly knowledge?: string
  /** One line for the operator. */
  readonly warn?: (line: string) => void
}

/** Everything the bot knows, read from the files that people edit. Errors name the file and what to do. */
export async function loadLore(root: string, options: LoreOptions = {}): Promise<Lore> {
  const { region } = options
  const [understanding, shipped, book, correctionWords, plain] = await Promise.all([
    loadUnderstanding(root, options),
    readServingKnowledge(root, ownKnowledge(options)),
    loadGarbageFolder(join(root, 'knowledge/garbage')),
    readCorrectionWords(root),
    loadPlainLore(root, options.dataFolder),
  ])
  const quizQuestions = await loadQuizQuestions(join(root, 'knowledge/garbage'), book.regions)
  return {
    ...understanding,
    ...knowledgeFrom(shipped),
    ...plain,
    ...{ correctionWords, garbage: book, quizQuestions },
    categoryName: (category) => book.categoryName(category, region),
  }
}

export type PlainLore = Pick<
  Lore,
  | 'texts'
  | 'categories'
  | 'things'
  | 'calendar'
  | 'reports'
  | 'routing'
  | 'alarms'
  | 'desk'
  | 'supervision'
  | 'duty'
  | 'sensitive'
  | 'notices'
  | 'noticeTemplates'
  | 'grid'
>

/** What is read in a moment, without a model and without knowledge: enough to work on the ledger. */
export async function loadPlainLore(root: string, dataFolder: string | undefined): Promise<PlainLore> {
  const [texts, categories, things, calendar, reports, routing, ...others] = await Promise.all([
    readYaml(join(root, 'bot/texts.yaml')).then(parseTexts),
    readCategories(root, dataFolder),
    readFile(join(root, 'tickets/things.txt'), 'utf8').then(parseThings),
    readCalendar(root, dataFolder),
    readReportSettings(root, dataFolder),
    readRouting(root, dataFolder),
    readAlarms(root, dataFolder),
    readDesk(root, dataFolder),
    readSupervision(root, dataFolder),
    readDuty(root, dataFolder),
    readSensitive(root, dataFolder),
    readNoticeRules(root, dataFolder),
    readNoticeTemplates(root, dataFolder),
    readGrid(root, dataFolder),
  ])
  const [alarms, desk, supervision, duty, sensitive, notices, noticeTemplates, grid] = others
  return {
    ...{ texts, categories, things, calendar, reports, routing, alarms, desk, supervision, duty },
    ...{ sensitive, notices, noticeTemplates, grid },
  }
}

function ownKnowledge({ knowledge, dataFolder }: LoreOptions): string | undefined {
  return knowledge ?? (dataFolder === undefined ? undefined : ownKnowledgeIn(dataFolder))
}

/** The understander and the emergency rules alone. `learned`: version of the model on the shelf, 0 the shipped one. */
export async function loadUnderstanding(
  root: string,
  options: Pick<LoreOptions, 'dataFolder' | 'warn'> = {},
): Promise<Pick<Lore, 'understander' | 'emergencyOf' | 'soundsLikeDanger'> & { readonly learned: number }> {
  const teaching = await readTeaching(root)
  const { rules, examples, signs } = teaching
  const learned = options.dataFolder === undefined ? undefined : await learnedModel(teaching, options)
  const understander = learned
    ? createUnderstander({
        model: learned.model,
        rules: withLandmarks(rules, learned.record.landmarks),
      })
    : createUnderstander({
        model: await loadModel(join(root, 'dist/model.bin'), examples, signs),
        rules,
      })
  // the same line is glanced at when it comes, and looked at again with its burst
  return {
    understander,
    emergencyOf: remembering(understander.emergencyOf),
    soundsLikeDanger: understander.soundsLikeDanger,
    learned: learned?.record.version ?? 0,
  }
}

export interface Teaching {
  readonly rules: Rules
  readonly examples: readonly Example[]
  readonly signs: Signs
  /** Of the shipped model. */
  readonly fingerprint: string
}

/** What the shipped model is made from. */
export async function readTeaching(root: string): Promise<Teaching> {
  const [rules, examples] = await Promise.all([
    readRules(join(root, 'intents/rules')),
    readCorpus(join(root, 'intents/corpus')),
  ])
  const signs = createSigns(rules.signs)
  return { rules, examples, signs, fingerprint: fingerprintOf(examples, signs) }
}

/** undefined: the shipped one serves; when that is not what was wanted, `warn` is told why. */
async function learnedModel(
  { fingerprint }: Teaching,
  { dataFolder = '', warn = () => undefined }: Pick<LoreOptions, 'dataFolder' | 'warn'>,
): Promise<LearnedModel | undefined> {
  const shelf = openModelShelf(dataFolder)
  try {
    const version = await shelf.current()
    if (version === 0) return undefined
    const learned = await shelf.load(version)
    if (learned.record.base === fingerprint) return learned
    warn(`model ${version} was learned under another release: the shipped one serves; run linli learn again`)
  } catch (error) {
    if (!(error instanceof SpoiledModelError)) throw error
    warn(`the shipped model serves, because the learned one cannot be read: ${error.message}`)
  }
  return undefined
}

const mostRemembered = 500

/** The last answers to the same text; the oldest is forgotten first. */
function remembering<Answer>(answerTo: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    if (known.has(text)) return known.get(text) as Answer
    const answer = answerTo(text)
    known.set(text, answer)
    const [oldest] = known.keys()
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
    return answer
  }
}

export async function loadShippedKnowledge(root: string, folder = join(root, 'knowledge/policies')) {
  const { passages, synonyms } = await readKnowledge(root, folder)
  return createKnowledge(passages, synonyms)
}

async function readKnowledge(root: string, folder: string) {
  const synonyms = parseSynonyms(await readFile(join(root, 'knowledge/synonyms.txt'), 'utf8'))
  return { passages: await loadKnowledgeFolder(folder), synonyms }
}

function knowledgeFrom({
  passages,
  synonyms,
}: Awaited<ReturnType<typeof readKnowledge>>): Pick<Lore, 'knowledge' | 'knowledgeOf' | 'questionGrouping'> {
  const asked = passages.flatMap(({ heading, alsoAsked }) => [heading, ...alsoAsked])
  return {
    knowledge: createKnowledge(passages, synonyms),
    knowledgeOf: (others) => createKnowledge(others, synonyms),
    questionGrouping: createQuestionGrouping(synonyms, asked),
  }
}

export async function readCorrectionWords(root: string): Promise<CorrectionWords> {
  return parseCorrectionWords(await readYaml(join(root, 'bot/learning/correction-words.yaml')))
}

async function readYaml(path: string): Promise<unknown> {
  return parse(await readFile(path, 'utf8'))
}

/** One thing a line: its name, a colon, the words for it separated by spaces; # starts a comment. */
function parseThings(text: string): ThingList {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', words = ''] = line.split(/[:：]/u)
      if (words.trim() === '')
        throw new Error(`tickets/things.txt: expected "name: words", came ${JSON.stringify(line)}`)
      return { name: name.trim(), words: words.trim().split(/\s+/u) }
    })
}
