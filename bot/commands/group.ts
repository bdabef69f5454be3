import { type Command, InvalidArgumentError } from 'commander'
import { type Group, groupSettings } from '../documents.ts'
import { dailyHours } from '../quiz/daily-hours.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { collected, oneOf } from './option-values.ts'

/** `linli group`: the groups of the house, bound to places by a code that staff say in them. */
export function addGroupCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  const group = program.command('group').description('the groups the bot speaks in')
  group
    .command('bind')
    .description('prints the one-time code that makes a room this group')
    .argument('<name>', 'how the group is called here; the room may be called otherwise')
    .option('--place <place>', 'a place the group belongs to, by name or id; may be repeated', collected, [])
    .option('--tag <tag>', 'a word for notices to this kind of group; may be repeated', collected, [])
    .option('--json', 'one JSON object instead of lines for people')
    .action(
      async (name: string, { place, tag, json }: { place: string[]; tag: string[]; json?: boolean }) => {
        const result = await executeOnce(options, { type: 'group.bind', name, places: place, tags: tag })
        if (json) return print(JSON.stringify({ ...result, name }))
        print(result.code ?? '')
        print(`${name} is entered, with the id ${result.group}`)
        print(`its places: ${result.places || 'none'}; its tags: ${result.tags || 'none'}`)
        print('somebody on the roster (grid_worker or higher) says this code in the room, within 7 days')
      },
    )
  group
    .command('list')
    .description('all groups')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const groups = await queryRows<Group>(options, { type: 'groups' })
      const none = 'no group yet: linli group bind NAME'
      printRows(options, groups, json, { none, line: groupLine })
    })
  group
    .command('set')
    .description('how much the bot says in a group')
    .argument('<id>', 'from `linli group list`')
    .argument('<setting>', groupSettings.join(', '), oneOf('setting', groupSettings))
    .action(async (id: string, setting: string) => {
      await executeOnce(options, { type: 'group.set', group: id, setting })
      print(`${id} is set to ${setting}`)
    })
  group
    .command('quiz')
    .description('one question of the garbage quiz every day in a group')
    .argument('<id>', 'from `linli group list`')
    .argument('<hour>', `${dailyHours.from} to ${dailyHours.to}, or off`, quizHour)
    .action(async (id: string, hour: number | null) => {
      await executeOnce(options, { type: 'group.quiz', group: id, hour })
      print(hour === null ? `${id} gets no daily question` : `${id} gets its daily question at ${hour}:00`)
    })
}

function quizHour(value: string): number | null {
  if (value === 'off') return null
  const hour = /^\d{1,2}$/u.test(value) ? Number(value) : Number.NaN
  if (hour >= dailyHours.from && hour <= dailyHours.to) return hour
  throw new InvalidArgumentError(`expected an hour from ${dailyHours.from} to ${dailyHours.to}, or off.`)
}

function groupLine({ id, name, places, tags, setting, owner, dailyQuiz }: Group): string {
  const bound = owner === '' ? 'waits for its code' : `account ${owner}`
  const quiz = dailyQuiz === undefined ? '' : `  daily quiz at ${dailyQuiz}:00`
  return `${id}  ${name}  ${setting}  ${places.join(', ') || 'no place'}  ${tags.join(', ') || 'no tags'}  ${bound}${quiz}`
}
