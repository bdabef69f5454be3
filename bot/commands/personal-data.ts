import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { loadConfig } from '../config.ts'
import { executeOnce, type OperatorOptions, queryRows } from './operator-door.ts'

/** `linli export` and `linli erase`: what is kept about one person, for that person. */

interface Row {
  readonly collection: string
  readonly name?: string
  readonly role?: string
}

export interface PersonalDataOptions extends OperatorOptions {
  readonly input: NodeJS.ReadableStream
}

export function addPersonalDataCommands(program: Command, options: PersonalDataOptions): void {
  program
    .command('export')
    .description('everything that is kept about one person, as JSONL')
    .argument('<person>', 'the id, from `linli roster list` or a ticket')
    .action(async (person: string) => {
      for (const row of await queryRows(options, { type: 'person.export', person }))
        options.print(JSON.stringify(row))
    })
  program
    .command('erase')
    .description('deletes what one person said and who they are; their tickets stay, without their words')
    .argument(
      '<person>',
      'the id, from `linli roster list` or a ticket; or the number of a ticket of another system',
    )
    .option('--yes', 'does not ask to type the id again')
    .action((person: string, { yes = false }: { yes?: boolean }) =>
      /^20\d{6}-\d{3,6}$/u.test(person) ? eraseReport(options, person, yes) : erase(options, person, yes),
    )
}

/** Who reported through an app has no id here: what they wrote, and how to reach them, stands in the ticket. */
async function eraseReport(options: PersonalDataOptions, ticket: string, sure: boolean): Promise<void> {
  options.print(`${ticket} loses the words and the contact of whoever reported it; the ticket stays`)
  if (!sure) await typedAgain(options, ticket)
  await executeOnce(options, { type: 'ticket.erase', ticket })
  options.print(`erased: ${ticket}`)
  tellOfCopies(options)
}

async function erase(options: PersonalDataOptions, person: string, sure: boolean): Promise<void> {
  const { print } = options
  const rows = await queryRows<Row>(options, { type: 'person.export', person })
  for (const line of whatGoes(person, rows)) print(line)
  if (!sure) await typedAgain(options, person)
  const result = await executeOnce(options, { type: 'person.erase', person })
  print(`erased: ${result.messages} messages; ${result.tickets} tickets stay without their words`)
  tellOfCopies(options)
}

async function typedAgain({ warn, input }: PersonalDataOptions, id: string): Promise<void> {
  warn(`there is no way back: type ${id} again to go on`)
  const typed = await nextLine(input)
  if (typed !== id) throw new Error(`nothing was erased: expected ${id}, but ${came(typed)}`)
}

function tellOfCopies({ root, print }: PersonalDataOptions): void {
  const { dataFolder, database } = loadConfig(root)
  if (database) {
    print(
      'dumps of the database made before still hold them, and for a while its own WAL: delete these yourself,',
    )
    print(`as well as what an earlier move of the data left in ${dataFolder}`)
    return
  }
  const daily = join(dataFolder, 'daily')
  print(`snapshots made before still hold them: those in ${daily} go within 7 days, or delete them now;`)
  print('backups that you made elsewhere you must delete yourself')
}

function whatGoes(person: string, rows: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  for (const { collection } of rows) counts.set(collection, (counts.get(collection) ?? 0) + 1)
  const { name = '', role = '' } = rows[0] ?? { collection: '' }
  const words: Readonly<Record<string, string>> = {
    ...{ inbox: 'messages', contacts: 'links to WeChat', memories: 'memories', questions: 'open questions' },
    ...{ quizScores: 'quiz scores', tickets: 'tickets lose their words' },
  }
  const parts = Object.entries(words).map(([collection, word]) => `${counts.get(collection) ?? 0} ${word}`)
  return [`${person} is ${name} (${role})`, `what goes: ${parts.join(', ')}`]
}

function came(typed: string | undefined): string {
  return typed === undefined ? 'nothing came' : `${JSON.stringify(typed.slice(0, 60))} came`
}

async function nextLine(input: NodeJS.ReadableStream): Promise<string | undefined> {
  const reader = createInterface({ input })
  try {
    for await (const line of reader) return line.trim()
    return undefined
  } finally {
    reader.close()
  }
}
