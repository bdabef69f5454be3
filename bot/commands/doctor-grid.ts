import type { Match } from '../grid/match.ts'
import type { GridOverview } from '../grid/overview.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { gapLines } from './grid-show.ts'
import { queryRows } from './operator-door.ts'

/** What nobody looks after, and what waits to be recognised after a new login. */
export async function* checkGrid(root: string): AsyncGenerator<Finding> {
  const quiet = { root, print: () => undefined, warn: () => undefined }
  const [grid] = await queryRows<GridOverview>(quiet, { type: 'grid' })
  const lines = gapLines(grid?.gaps ?? [])
  if (lines.length === 0)
    yield good(`grid: ${grid?.places.length ?? 0} places, ${grid?.groups ?? 0} groups, nothing missing`)
  for (const line of lines)
    yield note(
      `grid: ${line}`,
      'see `linli grid show`; mend it with place, group and roster, or with `linli grid import`',
    )
  const matches = await queryRows<Match>(quiet, { type: 'matches' })
  if (matches.length > 0)
    yield bad(
      `grid: after a new login ${matches.length} groups or people wait to be recognised`,
      'look at `linli group matches`, then `linli group confirm NUMBER`',
    )
}
