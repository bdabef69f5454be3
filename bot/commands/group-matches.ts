import { type Command, InvalidArgumentError } from 'commander'
import type { Match } from '../grid/match.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'

/** `linli group matches`, `confirm`, `refuse`, `rebind`: after a new login the same groups have other ids. */
export function addMatchCommands(group: Command, options: OperatorOptions): void {
  group
    .command('matches')
    .description('after a new login: which room is likely which group, and who is likely who')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const matches = await queryRows<Match>(options, { type: 'matches' })
      const none = 'nothing to match: every bound group has its room, or no new room is like it'
      printRows(options, matches, json, { none, line: matchLine })
    })
  group
    .command('confirm')
    .description('what `linli group matches` offers is so')
    .argument('<numbers...>', 'from `linli group matches`', aNumber)
    .action((numbers: number[]) => settle(options, 'match.confirm', numbers))
  group
    .command('refuse')
    .description('what `linli group matches` offers is not so, and is not offered again')
    .argument('<numbers...>', 'from `linli group matches`', aNumber)
    .action((numbers: number[]) => settle(options, 'match.refuse', numbers))
  group
    .command('rebind')
    .description('makes a room of a new login the group that it was before')
    .argument('<group>', 'by name or id')
    .argument('<room>', 'ACCOUNT/ROOM from `linli group matches`, or the topic of an unbound room')
    .action(async (name: string, room: string) => {
      const result = await executeOnce(options, { type: 'group.rebind', group: name, room })
      options.print(`${name} (${result.group}) is the room ${room} from now on`)
    })
}

function aNumber(value: string, before: readonly number[] = []): readonly number[] {
  if (/^[1-9]\d{0,8}$/u.test(value)) return [...before, Number(value)]
  throw new InvalidArgumentError('expected a number of `linli group matches`, for example 3.')
}

async function settle(
  options: OperatorOptions,
  type: 'match.confirm' | 'match.refuse',
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) {
    const result = await executeOnce(options, { type, match: number })
    options.print(`${number}: ${result.name} is ${type === 'match.confirm' ? 'bound again' : 'not that one'}`)
  }
}

function matchLine(match: Match): string {
  const { number, account, score, sure, shared, of, name } = match
  const [what, id, now] =
    match.kind === 'group' ? ['group', match.room, match.topic] : ['person', match.contact, match.alias]
  const why = of === 0 ? 'by its name alone' : `${shared} of ${of} are the same`
  return `${number}  ${what} ${name}  ${sure ? 'very likely' : 'perhaps'} ${now} (${account}/${id})  ${Math.round(score * 100)} %, ${why}`
}
