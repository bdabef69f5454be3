import { readDesk } from '../../adapters/files/desk-file.ts'
import { readDuty } from '../../adapters/files/duty-file.ts'
import { readGrid } from '../../adapters/files/grid-file.ts'
import { readNoticeTemplates } from '../../adapters/files/notice-templates-file.ts'
import { readNoticeRules } from '../../adapters/files/notices-file.ts'
import { readRouting } from '../../adapters/files/routing-file.ts'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import { readSupervision } from '../../adapters/files/supervision-file.ts'
import type { Config } from '../config.ts'
import type { Person, PlaceNode } from '../documents.ts'
import { isAudienceWord } from '../supervision/audience.ts'
import { bad, type Finding, good } from './finding.ts'
import { queryRows } from './operator-door.ts'

/** What admins edit about the desk: can it be read? */
export async function* checkDesk(root: string, { dataFolder }: Config): AsyncGenerator<Finding> {
  for (const [name, read] of [
    ['routing', readRouting],
    ['desk', readDesk],
    ['supervision', readSupervision],
    ['duty', readDuty],
    ['grid', readGrid],
    ['notices', readNoticeRules],
    ['notice-templates', readNoticeTemplates],
  ] as const) {
    const fault = await faultIn(() => read(root, dataFolder))
    yield fault === undefined
      ? good(`${name}.yaml can be read`)
      : bad(fault, 'mend the file; the comments in tickets/ show what can stand there')
  }
}

async function faultIn(read: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await read()
    return undefined
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
}

/** Whoever is named there is on the roster, once; every place stands in the tree. Asked of the running bot, or of the data. */
export async function* checkNames(root: string, { dataFolder }: Config): AsyncGenerator<Finding> {
  const named = await namesIn(root, dataFolder)
  if (!named) return
  const quiet = { root, print: () => undefined, warn: () => undefined }
  const roster = await queryRows<Person>(quiet, { type: 'roster' })
  const places = await queryRows<PlaceNode>(quiet, { type: 'places' })
  const faults = named.flatMap(({ file, people, places: where }) => [
    ...people.flatMap((name) => personFault(file, name, roster)),
    ...where.flatMap((name) => placeFault(file, name, places)),
  ])
  if (faults.length === 0) yield good('names in routing, supervision and duty: all on the roster')
  yield* faults
}

interface Named {
  readonly file: string
  readonly people: readonly string[]
  readonly places: readonly string[]
}

/** Undefined when one of the files cannot be read: `checkDesk` says so. */
async function namesIn(root: string, dataFolder: string): Promise<readonly Named[] | undefined> {
  try {
    const routing = await readRouting(root, dataFolder)
    const supervision = await readSupervision(root, dataFolder)
    const duty = await readDuty(root, dataFolder)
    const told = [...Object.values(supervision.lights), ...supervision.ladder.map(({ to }) => to)].flat()
    const answer = [...routing.rules, routing.fallback].map(({ responsible }) => responsible)
    return [
      named(
        'routing',
        answer,
        routing.rules.map(({ place }) => place),
      ),
      named(
        'supervision',
        told.filter((name) => !isAudienceWord(name)),
        [],
      ),
      named(
        'duty',
        duty.shifts.flatMap(({ people }) => people),
        duty.shifts.flatMap(({ places }) => places),
      ),
    ]
  } catch (error) {
    if (error instanceof SettingsError) return undefined
    throw error
  }
}

function named(
  file: string,
  people: readonly (string | undefined)[],
  places: readonly (string | undefined)[],
): Named {
  const known = (names: readonly (string | undefined)[]) => [
    ...new Set(names.filter((name) => name !== undefined)),
  ]
  return { file, people: known(people), places: known(places) }
}

function personFault(file: string, name: string, roster: readonly Person[]): readonly Finding[] {
  const fitting = roster.filter((person) => person.name === name || person.id === name)
  if (fitting.length === 1) return []
  return fitting.length === 0
    ? [
        bad(
          `${file}.yaml: ${name} is not on the roster; somebody else is told instead`,
          'add them with `linli roster add`, or mend the name',
        ),
      ]
    : [
        bad(
          `${file}.yaml: ${fitting.length} people on the roster are called ${name}; somebody else is told instead`,
          'name the one by id: `linli roster list`',
        ),
      ]
}

function placeFault(file: string, name: string, places: readonly PlaceNode[]): readonly Finding[] {
  if (places.some((place) => place.name === name || place.id === name)) return []
  return [
    bad(
      `${file}.yaml: there is no place ${name}; the line never holds`,
      'add it with `linli place add`, or mend the name',
    ),
  ]
}
