import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { remedies } from '../../tickets/verify-remedies.ts'
import { loadConfig } from '../config.ts'
import type { AnchorRow } from '../ledger/list-anchors.ts'
import type { TimelineRow } from '../ledger/timeline.ts'
import { type LedgerReport, verifyLedger } from '../ledger/verify-ledger.ts'
import { openFolder } from './ledger-folder.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'

/** `linli ledger`: the tickets and their history, and whether anybody tampered with them. */
export interface LedgerOptions extends OperatorOptions {
  setStatus(status: number): void
}

interface VerifyFlags {
  readonly from?: string
  readonly anchor?: string
  readonly data?: string
  readonly json?: boolean
}

/** @returns the command that `ledger export` is added to */
export function addLedgerCommands(program: Command, options: LedgerOptions): Command {
  const ledger = program.command('ledger').description('the history of all tickets, and whether it holds')
  addVerify(ledger, options)
  addAnchors(ledger, options)
  ledger
    .command('show')
    .description('what happened to one ticket, a line an event (in Chinese)')
    .argument('<number>', '20261120-003, or 1120-003 for the newest of that day')
    .option('--json', 'JSONL instead of lines for people')
    .action(async (number: string, { json = false }: { json?: boolean }) => {
      const rows = await queryRows<TimelineRow>(options, { type: 'ticket.timeline', ticket: number })
      printRows(options, rows, json, { line: ({ time, text }) => `${time} ${text}`, none: 'no event' })
    })
  return ledger
}

function addVerify(ledger: Command, options: LedgerOptions): void {
  ledger
    .command('verify')
    .description('looks for tampering: chains, anchors, numbers, links; exit 0 only when all holds')
    .option('--from <date>', 'only what happened from that day on, as 2026-11-20', aDate)
    .option('--anchor <hash>', 'an anchor that was written down elsewhere must be there', aHash)
    .option('--data <folder>', 'a backup, a day under daily/, or another data folder')
    .option('--json', 'one JSON object instead of lines for people')
    .action(async (flags: VerifyFlags) => {
      const report = await verified(options, flags)
      if (flags.json) options.print(JSON.stringify(report))
      else for (const line of reportLines(report)) options.print(line)
      if (report.faultCount > 0) options.setStatus(1)
    })
}

async function verified(options: LedgerOptions, { from, anchor, data }: VerifyFlags): Promise<LedgerReport> {
  const asked = { ...(from !== undefined && { from }), ...(anchor !== undefined && { anchor }) }
  if (data === undefined) {
    const [report] = await queryRows<LedgerReport>(options, { type: 'ledger.verify', ...asked })
    return report as LedgerReport
  }
  const store = await openFolder(data, options.warn)
  try {
    return await verifyLedger(store, { ...asked, keep: loadConfig(options.root).settings.keep.tickets })
  } finally {
    await store.close()
  }
}

function reportLines(report: LedgerReport): string[] {
  const { tickets, events, anchors, forgotten, lastAnchor, knownAnchor, faults, faultCount } = report
  const last = lastAnchor ? `, the last ${lastAnchor.id} of ${isoShanghai(lastAnchor.at).slice(0, 16)}` : ''
  const lines = faults.flatMap(({ place, event, field, what }) => [
    `✗ ${place}${event === undefined ? '' : ` event ${event}`} (${field}): ${what}`,
    `    ${remedies[field]}`,
  ])
  if (faultCount > faults.length) lines.push(`✗ and ${faultCount - faults.length} more`)
  lines.push(
    `${tickets} tickets, ${events} events, ${forgotten} forgotten, ${anchors} anchors${last}`,
    ...(lastAnchor ? [`  ${lastAnchor.hash}`] : []),
    ...(knownAnchor === null ? [] : [`✓ the anchor is ${knownAnchor}`]),
    faultCount === 0
      ? '✓ the ledger holds'
      : `✗ ${faultCount} place${faultCount === 1 ? ' does' : 's do'} not hold`,
  )
  return lines
}

function addAnchors(ledger: Command, options: LedgerOptions): void {
  ledger
    .command('anchor')
    .description('anchors all chains now; a running bot does it every night')
    .action(async () => {
      const { anchor, hash, tickets } = (await executeOnce(options, { type: 'ledger.anchor' })) as Anchored
      options.print(`${anchor}  ${hash}  ${tickets} tickets`)
    })
  ledger
    .command('anchors')
    .description('the newest anchors with their hashes, for keeping elsewhere')
    .option('--limit <count>', 'how many', '30')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ limit, json = false }: { limit: string; json?: boolean }) => {
      const rows = await queryRows<AnchorRow>(options, { type: 'ledger.anchors', limit: Number(limit) })
      const none = 'no anchor yet: a running bot makes one at 00:05, and `linli ledger anchor` makes one now'
      printRows(options, rows, json, {
        line: ({ id, hash, tickets }) => `${id}  ${hash}  ${tickets} tickets`,
        none,
      })
    })
}

interface Anchored {
  readonly anchor?: string
  readonly hash?: string
  readonly tickets?: number
}

function aDate(value: string): string {
  if (z.iso.date().safeParse(value).success) return value
  throw new InvalidArgumentError('expected a day, for example 2026-11-20.')
}

function aHash(value: string): string {
  if (/^[\da-f]{64}$/u.test(value)) return value
  throw new InvalidArgumentError('expected the 64 hexadecimal digits that `linli ledger anchors` prints.')
}
