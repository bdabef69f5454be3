import type { Command } from 'commander'
import { movedWords, type Preview, previewLines } from './notice-lines.ts'
import { noticeLore } from './notice-lore.ts'
import {
  asNumber,
  contentOf,
  type NoticeOptions,
  namesTargets,
  type TargetFlags,
  targetsOf,
  type WordFlags,
  withTargets,
  withWords,
  wordsOf,
} from './notice-options.ts'
import { executeOnce } from './operator-door.ts'

/** `linli notice write`, `revise`, `correct`, `retract`: a draft and its preview; with --submit it goes out. */

interface WriteFlags extends WordFlags, TargetFlags, SubmitFlags {}

interface SubmitFlags {
  readonly submit?: boolean
  readonly evenIfAlike?: boolean
  readonly json?: boolean
}

const numberHelp = 'of the notice, for example N12'
const jsonHelp = 'one JSON object instead of lines for people'

export function addNoticeWriting(notice: Command, options: NoticeOptions): void {
  const write = notice
    .command('write')
    .description('writes a draft and shows it; nothing is sent without --submit')
    .argument('[text]', 'the words; else --file, --template, or standard input (-)')
  withSubmit(withTargets(withWords(write))).action(async (said: string | undefined, flags: WriteFlags) => {
    const content = await contentOf(options, said, flags)
    await draft(options, { type: 'notice.write', ...content, targets: targetsOf(flags) }, flags)
  })
  const revise = notice
    .command('revise')
    .description('other words, another time, other groups; what is not given stays as it was')
    .argument('<number>', numberHelp, asNumber)
    .argument('[text]', 'the new words; else --file or --template')
  withSubmit(withTargets(withWords(revise))).action(
    async (number: string, said: string | undefined, flags: WriteFlags) => {
      // without words the old ones stay: nobody waits for standard input
      const words = said === undefined && flags.file === undefined ? '' : said
      const { text, ...rest } = await contentOf(options, words, flags)
      const content = { ...(text !== '' && { text }), ...rest }
      const targets = namesTargets(flags) ? { targets: targetsOf(flags) } : {}
      if (Object.keys({ ...content, ...targets }).length === 0)
        throw new Error(
          `expected what is to be different about ${number}: words, a time, groups (--help tells more)`,
        )
      await draft(options, { type: 'notice.revise', notice: number, ...content, ...targets }, flags)
    },
  )
  addFollowing(notice, options)
}

function addFollowing(notice: Command, options: NoticeOptions): void {
  const correct = notice
    .command('correct')
    .description('a notice to exactly the groups that got this one: what is right now')
    .argument('<number>', numberHelp, asNumber)
    .argument('[text]', 'what is right; else --file, or standard input (-)')
    .option('--file <file>', 'the words stand in this file (UTF-8)')
  withSubmit(correct).action(
    async (number: string, said: string | undefined, flags: SubmitFlags & { file?: string }) => {
      const text = await wordsOf(options, said, flags)
      if (text === undefined) throw new Error('expected what is right now, but no words came')
      await draft(options, { type: 'notice.follow', notice: number, as: 'correction', text }, flags)
    },
  )
  const retract = notice
    .command('retract')
    .description('a notice to exactly the groups that got this one: it is void')
    .argument('<number>', numberHelp, asNumber)
    .argument('[why]', 'left out, it says only that it is void')
  withSubmit(retract).action(async (number: string, text: string | undefined, flags: SubmitFlags) => {
    const why = text === undefined ? {} : { text }
    await draft(options, { type: 'notice.follow', notice: number, as: 'retraction', ...why }, flags)
  })
}

function withSubmit(command: Command): Command {
  return command
    .option('--submit', 'sends it, as far as the rules let it')
    .option(
      '--even-if-alike',
      'with --submit: also when nearly the same was just written for some of its groups',
    )
    .option('--json', jsonHelp)
}

async function draft(
  options: NoticeOptions,
  command: { readonly type: string; readonly [key: string]: unknown },
  { submit = false, evenIfAlike = false, json = false }: SubmitFlags,
): Promise<void> {
  const { print } = options
  const preview = (await executeOnce(options, command, noticeLore)) as unknown as Preview
  const { notice, alike } = preview
  if (!json) for (const line of previewLines(preview)) print(line)
  const held = submit && alike !== '' && !evenIfAlike && command.type !== 'notice.follow'
  if (!submit || held) {
    if (json) print(JSON.stringify(preview))
    if (held) throw new Error(heldBack(notice, alike))
    if (!json) print(`send it: linli notice submit ${notice}`)
    return
  }
  const moved = await submitted(options, notice)
  print(json ? JSON.stringify({ ...preview, ...moved }) : `${notice}${movedWords(moved)}`)
}

async function submitted(options: NoticeOptions, notice: string): Promise<object> {
  try {
    return await executeOnce(options, { type: 'notice.submit', notice }, noticeLore)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${why}; ${notice} is kept as a draft`, { cause: error })
  }
}

function heldBack(notice: string, alike: string): string {
  return `${notice} is kept as a draft and not sent, because ${alike} says nearly the same to some of its groups: linli notice submit ${notice} if it is meant, else linli notice discard ${notice}`
}
