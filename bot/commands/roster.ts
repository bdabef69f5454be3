import type { Command } from 'commander'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import { type Person, roles } from '../documents.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { collected, oneOf } from './option-values.ts'

/** `linli roster`: who is staff, and the codes by which they become it. */

const staffRoles = roles.filter((role) => role !== 'resident')

interface RosterOptions {
  readonly place: string[]
  readonly department?: string
  readonly json?: boolean
}

export function addRosterCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  const roster = program.command('roster').description('the people on the roster and their roles')
  roster
    .command('add')
    .description('enters somebody and prints the one-time code by which the bot will know them')
    .argument('<name>', 'as colleagues call this person')
    .argument('<role>', staffRoles.join(', '), oneOf('role', staffRoles))
    .option(
      '--place <place>',
      'a place this person answers for, by name or id; may be repeated',
      collected,
      [],
    )
    .option('--department <name>', 'of staff of a department: which one, as tickets/categories.yaml calls it')
    .option('--json', 'one JSON object instead of lines for people')
    .action(async (name: string, role: string, { place, department, json }: RosterOptions) => {
      const of = department === undefined ? {} : { department }
      const result = await executeOnce(options, { type: 'roster.add', name, role, places: place, ...of })
      if (json) return print(JSON.stringify({ ...result, name, role }))
      print(result.code ?? '')
      print(`${name} is entered as ${role}, with the id ${result.person}`)
      print('they say this code to the bot, best in private; it works once, within 7 days')
    })
  roster
    .command('list')
    .description('everybody on the roster')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const people = await queryRows<Person>(options, { type: 'roster' })
      const none = 'nobody is on the roster yet: linli roster add NAME ROLE'
      printRows(options, people, json, { none, line: personLine })
    })
  roster
    .command('remove')
    .description('takes a role away; the person stays as a resident')
    .argument('<id>', 'from `linli roster list`')
    .action(async (person: string) => {
      // what they had in hand goes to somebody else, who is told in our words
      await executeOnce(options, { type: 'roster.remove', person }, loadPlainLore)
      print(`${person} is a resident now and can command nothing`)
    })
}

function personLine({ id, name, role, places, friend, department }: Person): string {
  const where = places.length > 0 ? places.join(', ') : 'everywhere'
  const what = department === undefined ? role : `${role} (${department})`
  return `${id}  ${name}  ${what}  ${where}  ${friend ? 'friend of the bot' : 'not yet a friend of the bot'}`
}
