import type { Command } from 'commander'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Delivery, deliveryStates, Trouble } from '../forwarding/delivery.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'

/** `linli forward`: what other systems have, what waits for them, and what they say otherwise. */

type Row = Delivery & { readonly trouble?: Trouble; readonly restsUntil?: number }

interface ListFlags {
  readonly all?: boolean
  readonly system?: string
  readonly json?: boolean
}

export function addForwardCommands(program: Command, options: OperatorOptions): void {
  const forward = program.command('forward').description('tickets in other systems')
  forward
    .command('list', { isDefault: true })
    .description('what waits, failed, or differs over there')
    .option('--all', 'also what is settled')
    .option('--system <name>', 'only of this one')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ all = false, system, json = false }: ListFlags) => {
      const named = system === undefined ? {} : { system }
      const rows = await deliveries(options, { which: all ? 'all' : 'open', ...named })
      const none = all ? 'no ticket was forwarded yet' : 'nothing waits, nothing failed, nothing differs'
      printRows(options, rows, json, { none, line: rowLine })
    })
  forward
    .command('show')
    .description('one ticket in each system: what they have, what they say, what differs')
    .argument('<number>', 'of the ticket, for example 20261120-003')
    .option('--json', 'JSONL instead of lines for people')
    .action(async (ticket: string, { json = false }: ListFlags) => {
      const rows = await deliveries(options, { which: 'all', ticket })
      printRows(options, rows, json, { none: `${ticket} was not forwarded`, line: fullLines })
    })
  forward
    .command('retry')
    .description('sends what waits or failed now, without waiting for its time')
    .argument('[number]', 'of a ticket; all without it')
    .option('--system <name>', 'only to this one')
    .option('--json', 'one JSON object instead of a line for people')
    .action(async (ticket: string | undefined, { system, json = false }: ListFlags) => {
      const meant = { ...(ticket !== undefined && { ticket }), ...(system !== undefined && { system }) }
      const result = await executeOnce(options, { type: 'forward.retry', ...meant })
      const { deliveries: count = 0 } = result as { readonly deliveries?: number }
      const when = 'a running bot sends them now, else the next start does'
      options.print(json ? JSON.stringify(result) : `${count} to be sent again: ${when}`)
    })
}

function deliveries(
  options: OperatorOptions,
  asked: Readonly<Record<string, unknown>>,
): Promise<readonly Row[]> {
  return queryRows<Row>(options, { type: 'deliveries', ...asked })
}

const marks: Readonly<Record<(typeof deliveryStates)[number], string>> = {
  waiting: '…',
  settled: '✓',
  failed: '✗',
}

function rowLine({ system, ticket, state, attempts, differences, remoteId, error, trouble }: Row): string {
  const there = remoteId === undefined ? 'not there yet' : `there as ${remoteId}`
  const tried = attempts > 0 ? `, tried ${attempts} times` : ''
  const differing =
    differences.length > 0 ? `, differs in ${differences.map(({ field }) => field).join(', ')}` : ''
  const why = state === 'settled' ? '' : (error ?? trouble?.message ?? '')
  return `${marks[state]} ${ticket} → ${system}: ${there}${tried}${differing}${why === '' ? '' : ` (${why})`}`
}

function fullLines(row: Row): string {
  const { url, remote, remoteAt, differences, dueAt, restsUntil = 0 } = row
  const said =
    remote && `    they say: ${remote.said || remote.state}${remote.note ? `, ${remote.note}` : ''}`
  const next = dueAt === null ? undefined : isoShanghai(Math.max(dueAt, restsUntil)).slice(0, 19)
  return [
    rowLine(row),
    ...(url === undefined ? [] : [`    ${url}`]),
    ...(said === undefined ? [] : [`${said} (read ${isoShanghai(remoteAt ?? 0).slice(0, 19)})`]),
    ...(next === undefined ? [] : [`    next try: ${next}`]),
    ...differences.map(
      ({ field, ours, theirs }) => `    ${field}: we say ${quoted(ours)}, they say ${quoted(theirs)}`,
    ),
  ].join('\n')
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text)
}
