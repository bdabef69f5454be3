import type { LocalNow } from './moment.ts'
import { narrow } from './number.ts'
import { join, type Options, readOptionsFirst, readOptionsLast } from './options.ts'
import { indexNames, isNobody, type KnownName, readExceptAtEnd, readWhom, type Whom } from './whom.ts'

/** What was said behind 通知, taken apart: whom, when, from which template, and the words. Pure. */
export interface NoticeRead {
  readonly whom: Whom
  readonly options: Options
  /** As it was said: its name, or another word for it. */
  readonly template?: string
  /** '' when nothing is left. */
  readonly text: string
  /** Said as the name of a place or group, and known to nobody; it stands at the beginning of the text. */
  readonly unknown?: string
}

export interface Known {
  readonly names: readonly KnownName[]
  /** Names of templates, and other words for them. */
  readonly templates: readonly string[]
  readonly now: LocalNow
  /** Whom it is for was said before: 3号楼明早停水 is its words then. */
  readonly again?: boolean
}

const emptyWhom: Whom = { here: false, named: [], except: [] }
/** 对象：… 内容：… */
const labels = /^(?:通知)?(?:对象|范围|发给|发到|接收群|群)[:：]\s*/u
const contentLabel = /^(?:通知)?(?:内容|正文|文字)[:：]\s*/u
const mostRounds = 4

export function readNotice(words: string, { names, templates, now, again = false }: Known): NoticeRead {
  const index = indexNames(names)
  let rest = words.trim()
  let options: Options = { emergency: false, receipt: false }
  let whom = emptyWhom
  let template: string | undefined
  let unknown: string | undefined
  // 急 幸福里社区 停水 明天8点发: in any order, but only until the words begin
  for (let round = 0; round < mostRounds; round++) {
    const before = rest
    const first = readOptionsFirst(rest, now)
    options = join(options, first.options)
    rest = first.rest.replace(labels, '')
    const read = readWhom(rest, index, again || !isNobody(whom))
    whom = joinWhom(whom, read.whom)
    rest = read.rest
    unknown = read.unknown
    const named = template === undefined ? templateAt(rest, templates) : undefined
    if (named !== undefined) {
      template = named
      rest = behindTemplate(rest, named)
    }
    if (rest === before || contentLabel.test(rest)) break
    // what was told apart by a colon is the text, whatever it begins with
    if (endedByColon(before, rest) && !isNobody(whom)) break
  }
  const last = readOptionsLast(rest.replace(contentLabel, ''), now)
  const end = readExceptAtEnd(last.rest, index)
  if (end) whom = joinWhom(whom, { ...emptyWhom, except: end.except })
  return {
    ...{ whom, options: join(options, last.options), text: (end?.rest ?? last.rest).trim() },
    ...(template !== undefined && { template }),
    ...(unknown !== undefined && { unknown }),
  }
}

function endedByColon(before: string, rest: string): boolean {
  return /[:：]\s*$/u.test(before.slice(0, before.length - rest.length))
}

function joinWhom(one: Whom, other: Whom): Whom {
  const everywhere = other.everywhere ?? one.everywhere
  return {
    here: one.here || other.here,
    named: [...one.named, ...other.named],
    except: [...one.except, ...other.except],
    ...(everywhere && { everywhere }),
  }
}

function templateAt(rest: string, templates: readonly string[]): string | undefined {
  const line = rest.replace(/^(?:用|按|套用?)(?=\p{Script=Han})/u, '')
  const fitting = templates.filter(
    (name) => line.startsWith(name) && /^(?:的?模[板版])?(?:$|[\s:：,，])/u.test(line.slice(name.length)),
  )
  return fitting.sort((one, other) => other.length - one.length)[0]
}

function behindTemplate(rest: string, name: string): string {
  const line = rest.replace(/^(?:用|按|套用?)(?=\p{Script=Han})/u, '')
  return line.slice(name.length).replace(/^(?:的?模[板版])?[\s:：,，]*/u, '')
}

export interface LabelledFields {
  readonly fields: Readonly<Record<string, string>>
  /** What stands before the first label, and behind the last value on lines of its own. */
  readonly rest: string
}

/** 时间：明早8点到12点 地点：1-6号楼. A value ends before the next label, or at the end of its line. */
export function readLabelled(words: string, names: readonly string[]): LabelledFields {
  const fields: Record<string, string> = {}
  if (names.length === 0) return { fields, rest: words }
  const longestFirst = [...names].sort((one, other) => other.length - one.length).map(escaped)
  const label = new RegExp(
    `(?<=^|[\\s，,。；;、)）])(?:\\p{Script=Han}{0,2})(?<name>${longestFirst.join('|')})\\s*[:：=]\\s*`,
    'gu',
  )
  const found = [...narrow(words).matchAll(label)]
  let rest = words.slice(0, found[0]?.index ?? words.length)
  for (const [at, match] of found.entries()) {
    const from = match.index + match[0].length
    const value = words.slice(from, found[at + 1]?.index ?? words.length)
    const [line = '', ...below] = value.split('\n')
    const name = match.groups?.['name'] ?? ''
    fields[name] = line.replace(/[\s，,；;、]+$/u, '').trim()
    const more = below.join('\n').trim()
    if (more !== '') rest = `${rest.trim()}\n${more}`
  }
  return { fields, rest: rest.trim() }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
