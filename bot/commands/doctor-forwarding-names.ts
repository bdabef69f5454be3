import { readCategories } from '../../adapters/files/categories-file.ts'
import { readRouting } from '../../adapters/files/routing-file.ts'
import { SettingsError } from '../../adapters/files/settings-file.ts'
import { type ForwardingSettings, readForwarding } from '../../adapters/ticketing/settings.ts'
import type { Config } from '../config.ts'
import type { Person, PlaceNode } from '../documents.ts'
import { departmentsIn } from '../routing/departments.ts'
import { bad, type Finding, good } from './finding.ts'
import { queryRows } from './operator-door.ts'

/** A rule for a place or a department that nobody knows sends nothing, in silence. Asked of the running bot, or of the data. */
export async function* checkForwardingNames(root: string, { dataFolder }: Config): AsyncGenerator<Finding> {
  const read = await settingsIn(root, dataFolder)
  if (!read) return
  const { settings, categories, routing } = read
  const rules = [...settings.rules, ...settings.alerts]
  const named = (which: 'place' | 'department') => [...new Set(rules.flatMap((rule) => rule[which] ?? []))]
  if (named('place').length + named('department').length === 0) return
  const quiet = { root, print: () => undefined, warn: () => undefined }
  const places = await queryRows<PlaceNode>(quiet, { type: 'places' })
  const departments = departmentsIn(
    { categories, routing },
    await queryRows<Person>(quiet, { type: 'roster' }),
  )
  const faults = [
    ...named('place')
      .filter((name) => !places.some((place) => place.name === name))
      .map((name) => fault('place', name, 'add it with `linli place add`, or mend the name')),
    ...named('department')
      .filter((name) => !departments.includes(name))
      .map((name) => fault('department', name, `there are ${departments.join('、')}: mend the name`)),
  ]
  if (faults.length === 0) yield good('places and departments in forwarding: all known')
  yield* faults
}

function fault(what: string, name: string, remedy: string): Finding {
  return bad(`forwarding.yaml: there is no ${what} ${name}; the rule never holds`, remedy)
}

/** Undefined when one of the files cannot be read: other checks say so. */
async function settingsIn(root: string, dataFolder: string) {
  try {
    const settings: ForwardingSettings = await readForwarding(root, dataFolder)
    const categories = await readCategories(root, dataFolder)
    return { settings, categories, routing: await readRouting(root, dataFolder) }
  } catch (error) {
    if (error instanceof SettingsError) return undefined
    throw error
  }
}
