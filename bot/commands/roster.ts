import type { Command } from 'commander'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import { type Person, roles, type Skill, skills } from '../documents.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { collected, oneOf } from './option-values.ts'

/** `linli roster`: who is staff, and the codes by which they become it. */

const staffRoles = roles.filter((role) => role !== 'resident')

interface RosterOptions {
  readonly place: string[]
  readonly department?: string
  readonly skill?: readonly Skill[]
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
    .option('--skill <skill>', skillsWanted, aSkill)
    .option('--json', 'one JSON object instead of lines for people')
    .action(async (name: string, role: string, { place, department, skill, json }: RosterOptions) => {
      const of = { ...(department !== undefined && { department }), ...(skill && { skills: skill }) }
      const result = await executeOnce(options, { type: 'roster.add', name, role, places: place, ...of })
      if (json) return print(JSON.stringify({ ...result, name, role }))
      print(result.code ?? '')
      print(`${name} is entered as ${role}, with the id ${result.person}`)
      print('they say this code to the bot, best in private; it works once, within 7 days')
      if (result.namesakes !== undefined)
        options.warn(
          `${name} is on the roster already (${result.namesakes}): if it is the same person, linli roster remove ${result.person}, then linli roster set ${result.namesakes}`,
        )
    })
  addRosterSet(roster, options)
  roster
    .command('code')
    .description('another one-time code for somebody on the roster: a new phone, or a new login of the bot')
    .argument('<id>', 'from `linli roster list`')
    .action(async (person: string) => {
      const result = await executeOnce(options, { type: 'roster.code', person })
      print(result.code ?? '')
      print(`${result.name} says this code to the bot, best in private; it works once, within 7 days`)
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

interface SetOptions {
  readonly name?: string
  readonly role?: string
  readonly place?: string[]
  readonly everywhere?: boolean
  readonly skill?: string[]
  readonly withoutSkills?: boolean
  readonly department?: string | false
}

function addRosterSet(roster: Command, options: OperatorOptions): void {
  roster
    .command('set')
    .description('changes somebody who is known already, without a new code; what is not named stays')
    .argument('<id>', 'from `linli roster list`; also the id of a resident, from a ticket')
    .option('--name <name>', 'as colleagues call this person')
    .option('--role <role>', staffRoles.join(', '), oneOf('role', staffRoles))
    .option(
      '--place <place>',
      'all places this person answers for; may be repeated',
      (value, before?: string[]) => collected(value, before ?? []),
    )
    .option('--everywhere', 'bound to no place: answers for all')
    .option('--skill <skill>', skillsWanted, aSkill)
    .option('--without-skills', 'takes all skills away')
    .option('--department <name>', 'of staff of a department: which one')
    .option('--no-department', 'of no department any more')
    .action(async (person: string, flags: SetOptions) => {
      const { name, role, place, everywhere, skill, withoutSkills, department } = flags
      const command = {
        ...{ type: 'roster.set', person },
        ...(name !== undefined && { name }),
        ...(role !== undefined && { role }),
        ...(place && { places: place }),
        ...(everywhere && { places: [] }),
        ...(skill && { skills: skill }),
        ...(withoutSkills && { skills: [] }),
        ...(typeof department === 'string' && { department }),
        ...(department === false && { department: null }),
      }
      if (Object.keys(command).length === 2)
        throw new Error('expected what to change: --role, --place, --skill, --department or --name')
      // what they had in hand may go to somebody else, who is told in our words
      const result = await executeOnce(options, command, loadPlainLore)
      options.print(`${result.name} (${person}) is ${result.role} now`)
    })
}

const skillsWanted = `of volunteers: ${skills.join(', ')} (巡查, 服务, 调解); may be repeated`
const skillNames: Readonly<Record<string, Skill>> = { 巡查: 'patrol', 服务: 'service', 调解: 'mediation' }

function aSkill(value: string, before: readonly Skill[] = []): readonly Skill[] {
  return [...before, oneOf('skill', skills)(skillNames[value] ?? value)]
}

function personLine({ id, name, role, places, friend, department, skills: can = [] }: Person): string {
  const where = places.length > 0 ? places.join(', ') : 'everywhere'
  const of = [...(department === undefined ? [] : [department]), ...can]
  const what = of.length === 0 ? role : `${role} (${of.join(', ')})`
  return `${id}  ${name}  ${what}  ${where}  ${friend ? 'friend of the bot' : 'not yet a friend of the bot'}`
}
