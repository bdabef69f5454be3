import type { Command } from 'commander'
import { type Category, categories, type Intent, intents } from '../../intents/understanding.ts'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import type { Correction } from '../learning/correction-documents.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { oneOf } from './option-values.ts'
import type { ShowProgress } from './progress.ts'

/** `linli corrections` and `linli learn`: what staff put right, and what the bot makes of it. */
export function addLearningCommands(program: Command, options: LearningOptions): void {
  addCorrectionCommands(program, options)
  program
    .command('learn')
    .description('teaches the model what staff corrected; taken only if no worse on the guard set')
    .option('--dry-run', 'only compares')
    .option('--rollback', 'goes back to the model before')
    .option('--history', 'the models that were taken')
    .action(async ({ dryRun = false, rollback, history }: LearnFlags) => {
      if (rollback || history) {
        const { printHistory, rollBack } = await import('./learn-history.ts')
        return options.setStatus(await (rollback ? rollBack(options) : printHistory(options)))
      }
      const { learnFromCorrections } = await import('./learn.ts')
      options.setStatus(await learnFromCorrections(options, { dryRun }))
    })
}

export interface LearningOptions extends OperatorOptions {
  readonly progress: ShowProgress
  setStatus(status: number): void
}

interface LearnFlags {
  readonly dryRun?: boolean
  readonly rollback?: boolean
  readonly history?: boolean
}

interface AddFlags {
  readonly intent?: Intent
  readonly category?: Category
  readonly place?: string
  readonly ticket?: string
}

function addCorrectionCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  const corrections = program.command('corrections').description('what staff said a message really was')
  corrections
    .command('list')
    .description('all of them, oldest first')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const rows = await queryRows<Correction>(options, { type: 'corrections' })
      const none = 'no corrections yet: staff say 纠正 in chat, or use linli corrections add'
      printRows(options, rows, json, { none, line: correctionLine })
    })
  corrections
    .command('add')
    .description('says what a message, or the message of a ticket, really was')
    .argument('[text]', 'the message as it was said; left out with --ticket')
    .option('--ticket <number>', 'YYYYMMDD-NNN')
    .option('--intent <intent>', intents.join(', '), oneOf('intent', intents))
    .option('--category <category>', categories.join(', '), oneOf('category', categories))
    .option('--place <place>', 'where it is')
    .action(async (text: string | undefined, { ticket, ...right }: AddFlags) => {
      assertWhole(text, ticket, right)
      const which = { ...(text !== undefined && { text }), ...(ticket !== undefined && { ticket }) }
      const result = await executeOnce(options, { type: 'correction.add', ...which, right })
      print(`${result.correction} is kept; linli learn makes use of it`)
    })
  corrections
    .command('withdraw')
    .description('takes one back; it stays on record and teaches nothing')
    .argument('<id>', 'from `linli corrections list`')
    .action(async (correction: string) => {
      await executeOnce(options, { type: 'correction.withdraw', correction })
      print(`${correction} teaches nothing any more`)
    })
}

/** In the words of the command line, before the door says it in its own. */
function assertWhole(text: string | undefined, ticket: string | undefined, right: Correction['right']): void {
  if ((text === undefined) === (ticket === undefined))
    throw new Error(
      'expected one of the two: the words of the message, or --ticket NUMBER whose message is meant',
    )
  const { intent, category, place } = right
  if (intent === undefined && category === undefined && place === undefined)
    throw new Error('expected what it really was: --intent, --category or --place, or several of them')
  if (category !== undefined && intent !== undefined && intent !== 'complaint')
    throw new Error(`only a complaint has a category: leave out --category, or --intent ${intent}`)
}

function correctionLine({ id, at, by, text, was, right, state }: Correction): string {
  const before = was ? describe(was) : '?'
  const words = text.replaceAll(/\s+/gu, ' ')
  const mark = state === 'withdrawn' ? '  (withdrawn)' : ''
  return `${id}  ${plainDateTime(at)}  ${by}  ${before} > ${describe(right)}  ${words}${mark}`
}

function describe({ intent, category, place }: Correction['right']): string {
  return [intent, category, place].filter((part) => part !== undefined).join('/')
}
