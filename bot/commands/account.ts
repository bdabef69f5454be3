import type { Command } from 'commander'
import type { AccountRow } from '../doors/notices/account-rows.ts'
import { clockOf } from './notice-lines.ts'
import { noticeLore } from './notice-lore.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'

/** `linli account`: our own accounts, and whether each may send notices. */

export function addAccountCommands(program: Command, options: OperatorOptions): void {
  const account = program.command('account').description('the accounts of this installation')
  account
    .command('list', { isDefault: true })
    .description('their links, what waits, and which of them send no notices now')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const rows = await queryRows<AccountRow>(options, { type: 'accounts' }, noticeLore)
      const none = 'no account is known here: start the bot (linli start), then look again'
      printRows(options, rows, json, { none, line: accountLine })
    })
  const moves = {
    pause: ['sends no notices any more; others that are in its groups take them', ' sends no notices now'],
    resume: ['sends notices again, whatever it was paused for', ' sends notices again'],
  } as const
  for (const [verb, [description, done]] of Object.entries(moves))
    account
      .command(verb)
      .description(description)
      .argument('<account>', 'from `linli account list`')
      .option('--json', 'one JSON object instead of a line for people')
      .action(async (name: string, { json = false }: { json?: boolean }) => {
        const result = await executeOnce(options, { type: `account.${verb}`, account: name }, noticeLore)
        options.print(json ? JSON.stringify(result) : `${name}${done}`)
      })
}

const reasons = {
  rate: 'WeChat says it is too fast',
  down: 'its link is gone',
  failures: 'several sends failed in a row',
  staff: 'somebody paused it',
} as const

function accountLine({ account, link, queued, paused, until }: AccountRow): string {
  const end = until === undefined ? '' : `, until ${clockOf(until)}`
  const rests = paused === undefined ? 'sends notices' : `sends no notices: ${reasons[paused]}${end}`
  return `${account}  link ${link}  ${queued} waiting  ${rests}`
}
