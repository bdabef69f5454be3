import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { openAttachments } from '../../adapters/storage/attachments.ts'
import { instantOf, localDate } from '../../tickets/shanghai-time.ts'
import { loadConfig } from '../config.ts'
import type { Attachment } from '../notices/notice.ts'
import type { OperatorOptions } from './operator-door.ts'
import { collected } from './option-values.ts'

/** What `linli notice` is given: the words, the groups, the times, the file. */

export interface NoticeOptions extends OperatorOptions {
  readonly input: NodeJS.ReadStream
}

export interface TargetFlags {
  readonly place: readonly string[]
  readonly tag: readonly string[]
  readonly group: readonly string[]
  readonly everywhere?: boolean
  readonly exceptPlace: readonly string[]
  readonly exceptTag: readonly string[]
  readonly exceptGroup: readonly string[]
}

export function withTargets(command: Command): Command {
  return command
    .option('--place <place>', 'groups at or below it, by name or id; may be repeated', collected, [])
    .option('--tag <tag>', 'of these only groups with it, for example 业主群; may be repeated', collected, [])
    .option('--group <group>', 'this group, by name or id; may be repeated', collected, [])
    .option('--everywhere', 'all groups, when nothing else narrows it down')
    .option('--except-place <place>', 'without those at or below it; may be repeated', collected, [])
    .option('--except-tag <tag>', 'without those with it; may be repeated', collected, [])
    .option('--except-group <group>', 'without it; may be repeated', collected, [])
}

export function targetsOf(flags: TargetFlags) {
  const { place, tag, group, everywhere, exceptPlace, exceptTag, exceptGroup } = flags
  const except = { places: exceptPlace, tags: exceptTag, groups: exceptGroup }
  const isLess = Object.values(except).some((names) => names.length > 0)
  return {
    ...{ places: place, tags: tag, groups: group },
    ...(everywhere && { everywhere }),
    ...(isLess && { except }),
  }
}

/** Whether any group was named at all: a change without it keeps the groups. */
export function namesTargets({ place, tag, group, everywhere }: TargetFlags): boolean {
  return everywhere === true || place.length + tag.length + group.length > 0
}

export interface WordFlags {
  readonly file?: string
  readonly template?: string
  readonly field: readonly string[]
  readonly attach?: string
  readonly emergency?: boolean
  readonly receipt?: boolean
  readonly at?: number
  readonly until?: number
  readonly repeat?: string
  readonly repeatWords?: string
  readonly workingDays?: boolean
}

export function withWords(command: Command): Command {
  return command
    .option('--file <file>', 'the words stand in this file (UTF-8)')
    .option('--template <name>', 'of `linli notice templates`; the words then stand below it')
    .option(
      '--field <name=value>',
      'of the template, for example 时间=明早8点到12点; may be repeated',
      collected,
      [],
    )
    .option('--attach <file>', 'a picture or file that follows the words')
    .option('--emergency', 'passes the quiet hours and goes before other notices')
    .option('--receipt', '收到请回复: who has read it is counted')
    .option(
      '--at <time>',
      'not before it, for example "2026-11-20 08:30" (Shanghai); at once without it',
      aTime,
    )
    .option('--until <time>', 'what has not gone out by then is not sent any more', aTime)
    .option('--repeat <cron>', 'again and again: minute, hour, day of month, month, day of week')
    .option('--repeat-words <words>', 'how people say that, for example 每周一 08:30')
    .option('--working-days', 'with --repeat: on working days only')
}

const clock = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})$/u

/** 2026-11-20 08:30, in Shanghai: ms since 1970. */
export function aTime(value: string): number {
  const [, date = '', hours = '', minutes = ''] = clock.exec(value.trim()) ?? []
  const isThere = z.iso.date().safeParse(date).success && Number(hours) < 24 && Number(minutes) < 60
  const at = isThere ? instantOf(date, (Number(hours) * 60 + Number(minutes)) * 60_000) : Number.NaN
  if (isThere && localDate(at) === date) return at
  throw new InvalidArgumentError('expected a time such as "2026-11-20 08:30".')
}

/** What is written, without type and targets. @throws Error naming the file or field that is wrong */
export async function contentOf(options: NoticeOptions, said: string | undefined, flags: WordFlags) {
  const text = await wordsOf(options, said, flags)
  const { template, emergency, receipt, at, until, attach } = flags
  const fields = fieldsOf(flags)
  return {
    ...(text !== undefined && { text }),
    ...(template !== undefined && { template }),
    ...(fields && { fields }),
    ...(attach !== undefined && { attachment: await keepFile(options, attach) }),
    ...(emergency && { emergency }),
    ...(receipt && { receipt }),
    ...(at !== undefined && { sendAt: at }),
    ...(until !== undefined && { expiresAt: until }),
    ...repeatOf(flags),
  }
}

function repeatOf({ repeat, repeatWords, workingDays = false }: WordFlags) {
  if (repeat === undefined) return {}
  return { repeat: { cron: repeat, words: repeatWords ?? repeat, workingDaysOnly: workingDays } }
}

function fieldsOf({ field }: WordFlags): Readonly<Record<string, string>> | undefined {
  if (field.length === 0) return undefined
  return Object.fromEntries(
    field.map((each) => {
      const [name = '', ...rest] = each.split(/[=＝]/u)
      if (rest.length > 0) return [name.trim(), rest.join('=')]
      throw new Error(`--field ${each}: expected NAME=VALUE, for example 时间=明早8点到12点`)
    }),
  )
}

/** More than any notice may have: the rest would be refused anyway. */
const mostWords = 1 << 20

/** From the argument, a file, or standard input (-). Undefined: none were given. */
export async function wordsOf(
  { input }: NoticeOptions,
  said: string | undefined,
  { file, template }: Pick<WordFlags, 'file' | 'template'> = {},
): Promise<string | undefined> {
  if (said !== undefined && file !== undefined)
    throw new Error('expected the words as an argument or with --file, but both came: leave one out')
  if (file !== undefined && file !== '-') return decoded(await readFile(resolve(file)), file)
  const isPiped = said === undefined && template === undefined && !input.isTTY
  if (said === '-' || file === '-' || isPiped) return decoded(await piped(input), 'standard input')
  return said
}

async function piped(input: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk))
    size += chunk.length
    if (size > mostWords)
      throw new Error('standard input: these are no words of a notice: more than 1 MB came')
  }
  return Buffer.concat(chunks)
}

function decoded(bytes: Uint8Array, from: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Error(`${from}: expected text in UTF-8, but it has other bytes: save it as UTF-8`, {
      cause: error,
    })
  }
}

/** Durable before a notice names it; a running bot finds it in the same folder. @throws NoticeRefusedError */
async function keepFile({ root }: OperatorOptions, path: string): Promise<Attachment> {
  const bytes = await readFile(resolve(path))
  const folder = join(loadConfig(root).dataFolder, 'attachments')
  return openAttachments(folder).save(basename(path), bytes)
}

/** n12, 12 and 通知12 are meant, too. */
export function asNumber(written: string): string {
  const digits = /^(?:n|通知)?\s*0*([1-9]\d{0,8})$/iu.exec(written.normalize('NFKC').trim())?.[1]
  if (digits !== undefined) return `N${digits}`
  throw new InvalidArgumentError('expected the number of a notice, for example N12.')
}
