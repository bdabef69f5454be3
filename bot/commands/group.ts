import { type Command, InvalidArgumentError } from 'commander'
import { readGrid } from '../../adapters/files/grid-file.ts'
import { type Group, groupSettings } from '../documents.ts'
import { dailyHours } from '../quiz/daily-hours.ts'
import { addMatchCommands } from './group-matches.ts'
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
        const command = { type: 'group.bind', name, places: place, tags: tag }
        const result = await executeOnce(options, command, loadGrid)
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
  addTagCommand(group, options)
  addMatchCommands(group, options)
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
    .command('owner')
    .description('another account speaks in a group from now on: the old one is gone, or has too much to do')
    .argument('<group>', 'by name or id')
    .argument('<account>', 'an account of accounts.yaml that is in the group')
    .action(async (named: string, account: string) => {
      const { name = named, before } = await executeOnce(options, {
        type: 'group.owner',
        group: named,
        account,
      })
      print(
        before === account
          ? `${name} is account ${account}'s already`
          : `account ${account} speaks in ${name} now`,
      )
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

const loadGrid = async (root: string, dataFolder: string) => ({ grid: await readGrid(root, dataFolder) })

function addTagCommand(group: Command, options: OperatorOptions): void {
  group
    .command('tag')
    .description('gives a group tags and takes them away: linli group tag 幸福里业主群 +业主群 -商户群')
    .argument('<group>', 'by name or id')
    .argument('<changes...>', '+TAG or TAG gives, -TAG takes away; the tags stand in tickets/grid.yaml')
    .allowUnknownOption()
    .action(async (name: string, changes: string[]) => {
      const words = (isWanted: (change: string) => boolean) =>
        changes.filter(isWanted).map((change) => change.replace(/^[+＋\-－]/u, ''))
      const takes = (change: string) => /^[-－]/u.test(change)
      const command = {
        type: 'group.tag',
        group: name,
        add: words((each) => !takes(each)),
        remove: words(takes),
      }
      const result = await executeOnce(options, command, loadGrid)
      options.print(`${name} has the tags ${result.tags || 'none'}`)
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
