import { type Command, InvalidArgumentError } from 'commander'
import type { NoticeCopyRow, NoticeProgressRow, NoticeRow } from '../doors/notices/notice-rows.ts'
import type { ReceiptRow } from '../notices/residents/receipt-report.ts'
import type { NoticeTemplate } from '../notices/writing/templates.ts'
import {
  copyLine,
  lengthWords,
  movedWords,
  progressLines,
  receiptLine,
  rowLine,
  templateLines,
} from './notice-lines.ts'
import { noticeLore } from './notice-lore.ts'
import { asNumber, type NoticeOptions, type TargetFlags, targetsOf, withTargets } from './notice-options.ts'
import { addNoticeWriting } from './notice-write.ts'
import { executeOnce, printRows, queryRows } from './operator-door.ts'
import { oneOf } from './option-values.ts'
import type { ShowProgress } from './progress.ts'

/** `linli notice`: notices to many groups, written, sent, watched and settled from the terminal. */

export interface NoticeShell extends NoticeOptions {
  readonly progress: ShowProgress
  setStatus(status: number): void
}

interface JsonFlag {
  readonly json?: boolean
}

const numberHelp = 'of the notice, for example N12'
const jsonRows = 'JSONL instead of lines for people'
const jsonOne = 'one JSON object instead of a line for people'

export function addNoticeCommands(program: Command, options: NoticeShell): void {
  const notice = program.command('notice').description('notices to many groups')
  addNoticeWriting(notice, options)
  addLists(notice, options)
  addWatch(notice, options)
  addMoves(notice, options)
  addSettle(notice, options)
  addTargets(notice, options)
}

function addLists(notice: Command, options: NoticeShell): void {
  const { print } = options
  notice
    .command('list')
    .description('the newest first')
    .option('--limit <count>', 'so many at most', aCount, 50)
    .option('--json', jsonRows)
    .action(async ({ limit, json = false }: JsonFlag & { limit: number }) => {
      const rows = await ask<NoticeRow>(options, { type: 'notices', limit })
      printRows(options, rows, json, { none: 'no notice yet: linli notice write', line: rowLine })
    })
  notice
    .command('show')
    .description('one notice: its words, how far it is, who did what')
    .argument('<number>', numberHelp, asNumber)
    .option('--json', jsonOne)
    .action(async (number: string, { json = false }: JsonFlag) => {
      const [row] = await ask<NoticeProgressRow>(options, { type: 'notice', notice: number })
      if (!row) return
      if (json) print(JSON.stringify(row))
      else for (const line of progressLines(row)) print(line)
    })
  notice
    .command('groups')
    .description('what became of the copy of each group')
    .argument('<number>', numberHelp, asNumber)
    .option('--state <state>', `only ${copyStates.join(', ')}`, oneOf('state', copyStates))
    .option('--json', jsonRows)
    .action(async (number: string, { state, json = false }: JsonFlag & { state?: string }) => {
      const rows = await ask<NoticeCopyRow>(options, { type: 'notice.groups', notice: number })
      const wanted = rows.filter((row) => state === undefined || row.state === state)
      const none = rows.length === 0 ? `${number} has not begun` : `no copy of ${number} is ${state}`
      printRows(options, wanted, json, { none, line: copyLine })
    })
  notice
    .command('receipts')
    .description(
      'who has said 收到: how many of each group, and who is missing where staff and volunteers are',
    )
    .argument('<number>', numberHelp, asNumber)
    .option('--json', jsonRows)
    .action(async (number: string, { json = false }: JsonFlag) => {
      const rows = await ask<ReceiptRow>(options, { type: 'notice.receipts', notice: number })
      printRows(options, rows, json, { none: `${number} has reached no group yet`, line: receiptLine })
    })
  notice
    .command('templates')
    .description('what a notice can be made from, with its fields')
    .option('--json', jsonRows)
    .action(async ({ json = false }: JsonFlag) => {
      const rows = await ask<NoticeTemplate>(options, { type: 'notice.templates' })
      printRows(options, rows, json, {
        none: 'no templates: see tickets/notice-templates.yaml',
        line: templateLines,
      })
    })
}

const copyStates = ['queued', 'sending', 'sent', 'confirmed', 'unconfirmed', 'failed', 'skipped'] as const

function aCount(value: string): number {
  const count = /^\d{1,4}$/u.test(value) ? Number(value) : 0
  if (count >= 1 && count <= 1_000) return count
  throw new InvalidArgumentError('expected a number from 1 to 1000.')
}

function addWatch(notice: Command, options: NoticeShell): void {
  notice
    .command('watch')
    .description('how far it is, until it has its end; Ctrl-C ends the watching, not the notice')
    .argument('<number>', numberHelp, asNumber)
    .option('--json', 'a JSON object every 10 s instead of lines for people')
    .action(async (number: string, { json = false }: JsonFlag) => {
      const { watchNotice } = await import('./notice-watch.ts')
      options.setStatus(await watchNotice(options, number, json))
    })
}

const moves = {
  submit: ['sends a draft, as far as the rules let it', ''],
  approve: ['approves one that waits for a second person', ''],
  pause: ['what has not gone out waits', ' is paused: linli notice resume goes on'],
  resume: ['goes on with a paused one', ' goes on'],
  stop: ['what has not gone out never will', ' is stopped'],
  discard: ['throws one away that has not begun', ' is discarded'],
  remind: ['one line to groups of staff and volunteers where some have not said 收到', ' is called to mind'],
} as const

function addMoves(notice: Command, options: NoticeShell): void {
  const { print } = options
  for (const [verb, [description, done]] of Object.entries(moves))
    notice
      .command(verb)
      .description(description)
      .argument('<number>', numberHelp, asNumber)
      .option('--json', jsonOne)
      .action(async (number: string, { json = false }: JsonFlag) => {
        const result = await executeOnce(options, { type: `notice.${verb}`, notice: number }, noticeLore)
        print(json ? JSON.stringify(result) : `${number}${done || movedWords(result)}`)
      })
  notice
    .command('refuse')
    .description('refuses one that waits for a second person')
    .argument('<number>', numberHelp, asNumber)
    .argument('[reason]', 'its author is told')
    .option('--json', jsonOne)
    .action(async (number: string, reason: string | undefined, { json = false }: JsonFlag) => {
      const why = reason === undefined ? {} : { reason }
      const result = await executeOnce(options, { type: 'notice.refuse', notice: number, ...why }, noticeLore)
      print(json ? JSON.stringify(result) : `${number} is refused; its author is told`)
    })
}

function addSettle(notice: Command, options: NoticeShell): void {
  const ways = ['arrived', 'again', 'left'] as const
  notice
    .command('settle')
    .description('somebody looked into groups whose copy was never confirmed, or failed')
    .argument('<number>', numberHelp, asNumber)
    .argument(
      '<way>',
      'arrived (it is there), again (send it once more), left (let it be)',
      oneOf('way', ways),
    )
    .option('--group <group>', 'only this one, by name or id; every unconfirmed one without it')
    .option('--json', jsonOne)
    .action(async (number: string, as: string, { group, json = false }: JsonFlag & { group?: string }) => {
      const only = group === undefined ? {} : { group }
      const command = { type: 'notice.settle', notice: number, as, ...only }
      const result = await executeOnce(options, command, noticeLore)
      options.print(
        json ? JSON.stringify(result) : `${number} is settled: ${group ?? 'every unconfirmed group'} ${as}`,
      )
    })
}

interface TargetRow {
  readonly targets: string
  readonly groups: number
  readonly people: number
  readonly ms: number
  readonly names: readonly string[]
}

function addTargets(notice: Command, options: NoticeShell): void {
  const { print } = options
  const command = notice
    .command('targets')
    .description('counts the groups and people that a notice would reach')
  withTargets(command)
    .option('--json', jsonOne)
    .action(async ({ json = false, ...flags }: JsonFlag & TargetFlags) => {
      const [row] = await ask<TargetRow>(options, { type: 'notice.targets', targets: targetsOf(flags) })
      if (!row) return
      if (json) return print(JSON.stringify(row))
      const { targets, groups, people, ms, names } = row
      print(
        `${targets}: ${groups} groups, about ${people.toLocaleString('en')} people, ${lengthWords(ms)} from the first to the last`,
      )
      for (const name of names) print(`  ${name}`)
    })
}

function ask<T>(options: NoticeShell, query: { readonly type: string; readonly [key: string]: unknown }) {
  return queryRows<T>(options, query, noticeLore)
}
