import { describe, expect, test } from 'vitest'
import { type Import, importsOf, sourcesOf } from './imports.ts'

const folders = ['intents', 'knowledge', 'tickets', 'bot', 'adapters'] as const
type Folder = (typeof folders)[number]

const sources = folders.flatMap(sourcesOf)
const imports = sources.flatMap((file) => importsOf(file))
const inside = imports.filter((each) => !each.isPackage)

function topOf(path: string): string {
  return path.split('/')[0] ?? ''
}

/** As `bot/x.ts → adapters/y.ts`, for people who read a failure. */
function shown(wrong: readonly Import[]): string[] {
  return wrong.map(({ file, target }) => `${file} → ${target}`)
}

function putsTogether(file: string): boolean {
  return file === 'bot/main.ts' || file.startsWith('bot/commands/')
}

describe('the scan reads what is there', () => {
  test('sources and imports of every folder, so that an empty scan cannot pass', () => {
    for (const folder of folders) {
      expect(sources.filter((file) => topOf(file) === folder).length, folder).toBeGreaterThan(5)
      expect(imports.filter(({ file }) => topOf(file) === folder).length, folder).toBeGreaterThan(5)
    }
    expect(inside.filter((each) => topOf(each.file) !== topOf(each.target)).length).toBeGreaterThan(50)
  })

  test('and every file that is named exists', () => {
    const known = new Set(sources)
    const code = inside.filter(
      ({ target }) => target.endsWith('.ts') && folders.includes(topOf(target) as Folder),
    )
    expect(shown(code.filter(({ target }) => !known.has(target)))).toEqual([])
  })

  test('in whichever form an import is written', () => {
    const written = `
import { a } from '../adapters/a.ts'
import type { B } from '../adapters/b.ts'
import {
  type C,
  type D,
} from '../adapters/c.ts'
import { type E, e } from '../adapters/e.ts'
import '../adapters/f.ts'
export { g } from '../adapters/g.ts'
export * from '../adapters/h.ts'
const i = await import('../adapters/i.ts')
const j = require("../adapters/j.ts")
let k: typeof import('../adapters/k.ts').k
import 'yaml'
`
    const found = importsOf('bot/example.ts', written)
    expect(found.map(({ target }) => target.replace(/^adapters\/|\.ts$/gu, '')).join('')).toBe(
      'abcefghijkyaml',
    )
    expect(found.filter(({ typesOnly }) => typesOnly).map(({ target }) => target)).toEqual([
      'adapters/b.ts',
      'adapters/c.ts',
      'adapters/k.ts',
    ])
  })
})

describe('who may import whom', () => {
  const lawful: Readonly<Record<Folder, readonly string[]>> = {
    intents: ['intents'],
    knowledge: ['knowledge'],
    tickets: ['tickets', 'intents'],
    bot: ['bot', 'intents', 'knowledge', 'tickets', 'adapters'],
    adapters: ['adapters', 'bot', 'intents', 'knowledge', 'tickets'],
  }

  test.each(folders)('%s imports only what it may', (folder) => {
    const own = inside.filter(({ file }) => topOf(file) === folder)
    expect(shown(own.filter(({ target }) => !lawful[folder].includes(topOf(target))))).toEqual([])
  })

  test('tickets takes only types from intents', () => {
    const taken = inside.filter(
      ({ file, target }) => topOf(file) === 'tickets' && topOf(target) === 'intents',
    )
    expect(taken.length).toBeGreaterThan(0)
    expect(shown(taken.filter(({ typesOnly }) => !typesOnly))).toEqual([])
  })

  test('in bot only main.ts and the commands import adapters', () => {
    const taken = inside.filter(({ file, target }) => topOf(file) === 'bot' && topOf(target) === 'adapters')
    expect(taken.length).toBeGreaterThan(0)
    expect(shown(taken.filter(({ file }) => !putsTogether(file)))).toEqual([])
  })

  test('nothing but main.ts and the commands imports a command', () => {
    const commands = inside.filter(({ target }) => putsTogether(target))
    expect(commands.length).toBeGreaterThan(0)
    expect(shown(commands.filter(({ file }) => !putsTogether(file)))).toEqual([])
  })

  test('adapters take types and ports of bot, and of what it does only what is listed here', () => {
    const taken = inside.filter(
      ({ file, target, typesOnly }) =>
        topOf(file) === 'adapters' &&
        topOf(target) === 'bot' &&
        !typesOnly &&
        !target.startsWith('bot/ports/'),
    )
    expect(shown(taken.filter(({ target }) => !takenFromBot.includes(target)))).toEqual([])
    expect(unused(takenFromBot, taken)).toEqual([])
  })

  test('adapters stand alone: one takes from another only what is listed here', () => {
    const taken = inside.filter(
      ({ file, target }) =>
        topOf(file) === 'adapters' &&
        // what lies in adapters/ itself is for all of them
        /^adapters\/.+\//u.test(target) &&
        folderOf(file) !== folderOf(target),
    )
    const lawful = ({ file, target }: Import) => (takenFromAdapters[folderOf(file)] ?? []).includes(target)
    expect(shown(taken.filter((each) => !lawful(each)))).toEqual([])
    expect(unused(Object.values(takenFromAdapters).flat(), taken)).toEqual([])
  })
})

/** Parsers, schemas and checks that hold at a border: what is needed to translate, and decides nothing. */
const takenFromBot = [
  'bot/alarms/alarm-report.ts',
  'bot/doors/command.ts',
  'bot/doors/local-request.ts',
  'bot/doors/notices/notice-commands.ts',
  'bot/doors/once-within.ts',
  'bot/doors/published/find-published.ts',
  'bot/doors/published/published-ticket.ts',
  'bot/doors/published/token.ts',
  'bot/forwarding/agreement.ts',
  'bot/forwarding/delivery.ts',
  'bot/forwarding/rules.ts',
  'bot/forwarding/signature.ts',
  'bot/forwarding/words.ts',
  'bot/learning/correction-words.ts',
  'bot/notices/notice.ts',
  'bot/notices/refusal.ts',
  'bot/notices/writing/templates.ts',
  'bot/people/api-keys.ts',
  'bot/texts.ts',
]

/** By the folder that takes. */
const takenFromAdapters: Readonly<Record<string, readonly string[]>> = {
  'adapters/files': [
    'adapters/reports/settings-file.ts',
    'adapters/storage/durable-files.ts',
    'adapters/storage/lowdb/backup-files.ts',
    'adapters/storage/lowdb/lock.ts',
  ],
  'adapters/http': ['adapters/xml/element.ts', 'adapters/xml/write-xml.ts'],
  'adapters/llm': ['adapters/files/project-root.ts'],
  'adapters/reports': [
    'adapters/files/settings-file.ts',
    'adapters/files/time-of-day.ts',
    'adapters/storage/durable-files.ts',
  ],
  'adapters/storage': ['adapters/documents/refusal.ts', 'adapters/documents/zip-check.ts'],
  'adapters/ticketing': [
    'adapters/files/settings-file.ts',
    'adapters/xml/element.ts',
    'adapters/xml/read-xml.ts',
  ],
}

/** adapters/http of adapters/http/watch/metrics.ts; adapters of what lies in none of its folders. */
function folderOf(path: string): string {
  return path.split('/').slice(0, -1).slice(0, 2).join('/')
}

/** What nobody takes any more must leave the list, or it would let somebody take it again unseen. */
function unused(listed: readonly string[], taken: readonly Import[]): string[] {
  return listed.filter((path) => taken.every(({ target }) => target !== path))
}

describe('what comes from outside stays in its folder', () => {
  const homes: readonly (readonly [RegExp, string])[] = [
    [/^wechaty/u, 'adapters/wechat/'],
    [/^openai/u, 'adapters/llm/'],
    [/^(?:lowdb|pg)(?:$|\/)/u, 'adapters/storage/'],
    [/^@?hono/u, 'adapters/http/'],
    [/^sax$/u, 'adapters/xml/'],
    [/^bottleneck/u, 'adapters/'],
    [/^nodemailer/u, 'adapters/ticketing/'],
    [/^commander/u, 'bot/commands/'],
    [/^croner/u, 'bot/notices/'],
  ]

  test.each(homes)('%s is imported only in %s', (name, home) => {
    const taken = imports.filter(({ isPackage, target }) => isPackage && name.test(target))
    expect(shown(taken.filter(({ file }) => !file.startsWith(home)))).toEqual([])
  })

  test('what is pure reads no files, no clock and no network', () => {
    const pure = ['intents', 'knowledge', 'tickets']
    const outside = /^(?:node:)?(?:fs|net|http|https|os|child_process|process|timers|dgram|tls)(?:$|\/)/u
    const taken = imports.filter(({ file, isPackage }) => isPackage && pure.includes(topOf(file)))
    expect(taken.length).toBeGreaterThan(0)
    expect(shown(taken.filter(({ target }) => outside.test(target)))).toEqual([])
  })
})
