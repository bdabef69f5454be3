import { z } from 'zod'
import { placeKinds, roles, skills } from '../../documents.ts'
import { gridRowsSchema } from '../../grid/rows.ts'

/** What can be done to the grid: places, groups, the people on the roster, and who is who after a new login. */
const name = z.string().trim().min(1).max(40)
const id = z.string().min(1).max(80)
const staffRoles = roles.filter((role) => role !== 'resident') as [
  Exclude<(typeof roles)[number], 'resident'>,
  ...Exclude<(typeof roles)[number], 'resident'>[],
]
const role = z.enum(staffRoles)
/** The number of a likely match, as the alert says it. */
const match = z.int().min(1)

export const gridCommands = [
  z.strictObject({
    type: z.literal('group.bind'),
    name,
    places: z.array(name).default([]),
    tags: z.array(name).default([]),
  }),
  /** By name or id. */
  z.strictObject({
    type: z.literal('group.tag'),
    group: id,
    add: z.array(name).max(50).default([]),
    remove: z.array(name).max(50).default([]),
  }),
  /** The room is this group from now on; `room` is `ACCOUNT/ROOM`. */
  z.strictObject({ type: z.literal('group.rebind'), group: id, room: z.string().min(3).max(300) }),
  z.strictObject({ type: z.literal('match.confirm'), match }),
  /** It is not: it is not offered again. */
  z.strictObject({ type: z.literal('match.refuse'), match }),
  z.strictObject({
    type: z.literal('roster.add'),
    name,
    role,
    places: z.array(name).default([]),
    skills: z.array(z.enum(skills)).exactOptional(),
    /** Of staff of a department: which one (城管). */
    department: name.exactOptional(),
  }),
  /** Somebody who is known already; what is left out stays as it is. */
  z
    .strictObject({
      type: z.literal('roster.set'),
      person: id,
      name: name.exactOptional(),
      role: role.exactOptional(),
      places: z.array(name).exactOptional(),
      skills: z.array(z.enum(skills)).exactOptional(),
      /** null: none. */
      department: name.nullable().exactOptional(),
    })
    .refine((command) => Object.keys(command).length > 2, 'a name, a role, places, skills, or a department'),
  /** Another one-time code for somebody on the roster: a new phone, or a new login of the bot. */
  z.strictObject({ type: z.literal('roster.code'), person: id }),
  z.strictObject({ type: z.literal('roster.remove'), person: id }),
  z.strictObject({ type: z.literal('place.add'), name, kind: z.enum(placeKinds), parent: name.nullable() }),
  /** All of it, or nothing. */
  z.strictObject({ type: z.literal('grid.import'), rows: gridRowsSchema }),
] as const

export type GridCommand = z.infer<(typeof gridCommands)[number]>

export const gridQueries = [
  /** What an import of these rows would do: GridPlanRow. */
  z.strictObject({ type: z.literal('grid.plan'), rows: gridRowsSchema }),
  /** One-time codes that nobody has said yet: CodeRow. `import`: of that import alone. */
  z.strictObject({ type: z.literal('grid.codes'), import: id.exactOptional() }),
  /** Places with what is bound to them, and what is missing: one GridOverview. */
  z.strictObject({ type: z.literal('grid'), place: name.exactOptional() }),
  /** What is likely the same as before the new login: MatchRow. */
  z.strictObject({ type: z.literal('matches') }),
] as const

export type GridQuery = z.infer<(typeof gridQueries)[number]>
