import type { Command } from 'commander'
import type { TopicRow } from '../questions/list-topics.ts'
import {
  type CommandAnswer,
  executeOnce,
  type OperatorOptions,
  printRows,
  queryRows,
} from './operator-door.ts'
import { oneOf } from './option-values.ts'

/** `linli questions`: what residents asked and nobody answered, and what staff make of it. */

const states = ['open', 'answered', 'dismissed'] as const

interface WordedOptions {
  readonly everywhere?: boolean
  readonly until?: string
  readonly json?: boolean
}

export function addQuestionCommands(program: Command, options: OperatorOptions): void {
  const questions = program.command('questions').description('what was asked and not answered')
  addList(questions, options)
  addWorded(
    questions,
    options,
    'answer',
    'answers one: residents get it from now on, those who asked are told',
  )
  addWorded(questions, options, 'revise', 'words an answer anew; nobody is told again')
  questions
    .command('withdraw')
    .description('takes an answer back; the question is open again')
    .argument('<number>', numberHelp, asNumber)
    .option('--json', 'one JSON object instead of a line for people')
    .action(async (question: string, { json = false }: { json?: boolean }) => {
      const result = await executeOnce(options, { type: 'question.withdraw', question })
      tell(options, result, json, `${question} is open again; its answer is not given any more`)
    })
  questions
    .command('dismiss')
    .description('leaves one unanswered: it is not listed any more, and nobody is told')
    .argument('<number>', numberHelp, asNumber)
    .argument('[reason]', 'kept with it')
    .option('--json', 'one JSON object instead of a line for people')
    .action(async (question: string, reason: string | undefined, { json = false }: { json?: boolean }) => {
      const why = reason === undefined ? {} : { reason }
      const result = await executeOnce(options, { type: 'question.dismiss', question, ...why })
      tell(options, result, json, `${question} is dismissed; it can still be answered`)
    })
}

const numberHelp = 'from the list, for example Q12'

/** q12 and 12 are meant, too. */
function asNumber(written: string): string {
  const digits = /^q?\s*0*([1-9]\d*)$/iu.exec(written.normalize('NFKC').trim())?.[1]
  return digits === undefined ? written : `Q${digits}`
}

function addList(questions: Command, options: OperatorOptions): void {
  questions
    .command('list', { isDefault: true })
    .description('the most asked first')
    .option('--state <state>', states.join(', '), oneOf('state', states), 'open')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ state, json = false }: { state: string; json?: boolean }) => {
      const rows = await queryRows<TopicRow>(options, { type: 'questions', state })
      printRows(options, rows, json, { none: `no question is ${state}`, line: rowLine })
    })
}

function addWorded(
  questions: Command,
  options: OperatorOptions,
  verb: 'answer' | 'revise',
  description: string,
): void {
  questions
    .command(verb)
    .description(description)
    .argument('<number>', numberHelp, asNumber)
    .argument('<text>', 'what residents are told, at most 1,000 characters')
    .option('--everywhere', 'holds in all communities, not only where it was asked')
    .option('--until <date>', 'the last day on which it holds, for example 2026-12-31')
    .option('--json', 'one JSON object instead of a line for people')
    .action(async (question: string, text: string, given: WordedOptions) => {
      const { everywhere, until, json = false } = given
      const more = { ...(everywhere && { everywhere }), ...(until !== undefined && { until }) }
      const result = await executeOnce(options, { type: `question.${verb}`, question, text, ...more })
      const where = `it holds ${result.place ? `in ${result.place}` : 'everywhere'}${until ? ` until ${until}` : ''}`
      const told = verb === 'answer' ? '; who asked within 14 days is told once' : ''
      tell(options, result, json, `${question} is answered: ${where}${told}`)
    })
}

function tell({ print }: OperatorOptions, result: CommandAnswer, json: boolean, line: string): void {
  print(json ? JSON.stringify(result) : line)
}

function rowLine({ id, text, askers, groups, place, lastAt, answer }: TopicRow): string {
  const where = [place, ...groups].filter(Boolean).join(', ') || 'in private'
  const people = askers === 1 ? '1 person' : `${askers} people`
  const said = answer ? `\n    → ${answer.text.replaceAll(/\s*\n\s*/gu, ' ')}` : ''
  return `${id}  ${text.replaceAll(/\s*\n\s*/gu, ' ')}  ${people}  ${where}  last ${lastAt.slice(0, 16)}${said}`
}
