import type { GridSettings } from '../../tickets/grid.ts'
import { type Person, type Skill, skills } from '../documents.ts'
import { type CellReader, listIn, oneOf, sameOr, textOf } from './cells.ts'
import { checkNames, identifyAll } from './identify.ts'
import { type Planned, placesOf } from './plan-groups.ts'
import type { PlannedPlaces } from './plan-places.ts'
import type { GridRow } from './rows.ts'
import { withParts } from './with-parts.ts'
import { meantBy, roleWords } from './words.ts'

/** The people that rows speak of, as they will be. Who is new has no id yet: it is made with the code. */
export function planPeople(
  roster: readonly Person[],
  rows: readonly GridRow[],
  options: {
    /** Whom only an id can mean. */
    readonly residents: readonly Person[]
    readonly places: PlannedPlaces
    readonly settings: GridSettings
    readonly departments: readonly string[]
    readonly reader: CellReader
  },
): readonly Planned<Person>[] {
  const { residents, places, settings, reader } = options
  const identified = identifyAll(rows, { known: roster, others: residents, what: 'person' }, reader)
  checkNames(identified, roster, reader)
  return identified.map(({ row, name, before }) => {
    const role = reader.word(
      row,
      'role',
      roleWords,
      before && before.role !== 'resident' ? before.role : undefined,
    )
    const department = departmentOf(row, before, options)
    const can = skillsOf(row, before?.skills, settings, reader)
    const bare = { ...(before ?? { id: '', friend: false }), name, role: role ?? ('volunteer' as const) }
    const answersFor = placesOf(row, before?.places, places, reader)
    const after = withParts({ ...bare, places: answersFor }, { department: department ?? null, skills: can })
    if (after.role === 'department' && department === undefined && before?.role !== 'department')
      reader.fault(row, 'department', 'expected a department: somebody of a department has one')
    return { ...(before && { before }), after }
  })
}

function departmentOf(
  row: GridRow,
  before: Person | undefined,
  { departments, reader }: { readonly departments: readonly string[]; readonly reader: CellReader },
): string | undefined {
  const text = textOf(row, 'department')
  if (text === undefined) return before?.department
  if (text === '' || departments.includes(text)) return text === '' ? undefined : text
  return reader.fault(
    row,
    'department',
    `expected ${oneOf(departments, text)}; others are added in settings/routing.yaml`,
  )
}

function skillsOf(
  row: GridRow,
  before: Person['skills'],
  settings: GridSettings,
  reader: CellReader,
): readonly Skill[] {
  const text = textOf(row, 'skills')
  if (text === undefined) return before ?? []
  const known = skills.map((skill) => settings.skills[skill][0] ?? skill)
  const found = listIn(text).flatMap((word) => {
    const skill = meantBy(settings.skills, word)
    if (skill === undefined) reader.fault(row, 'skills', `expected ${oneOf(known, word)}`, word)
    return skill === undefined ? [] : [skill]
  })
  return sameOr(before, [...new Set(found)]) as readonly Skill[]
}
