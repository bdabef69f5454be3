import { addDays } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import { nameOf } from '../people/name-of.ts'
import type { Reading } from '../reading.ts'
import type { QuizScore } from './quiz-documents.ts'
import { mondayOf } from './scores.ts'
import { type TeamPoints, teamTable } from './teams.ts'

/** Who leads: persons and buildings, all together, this week or the week before. */

export type Period = 'all' | 'week' | 'lastWeek'

const mostRanked = 10
/** Persons and buildings in one message: of each so many. */
export const besideEachOther = 5
/** A group of WeChat has at most 500 people, a community some thousands. */
const mostPlayers = 10_000

export interface Row {
  readonly person: string
  readonly team?: string
  readonly points: number
}

/** The best players of a scope, at most `limit`, the best first. Those without points are left out. */
async function rowsOf(
  reading: Reading,
  scope: string,
  period: Period,
  now: number,
  limit: number,
): Promise<readonly Row[]> {
  const week = period === 'week' ? mondayOf(now) : addDays(mondayOf(now), -7)
  const best = (order: string, where: Readonly<Record<string, string>>) =>
    reading.find('quizScores', {
      ...{ where, order, descending: true, limit },
      range: { field: order, gt: 0 },
    })
  if (period === 'all')
    return (await best('points', { scope })).documents.map((each) => rowFrom(each, each.points))
  // who has played since keeps the points of the week before in another place
  const played = (await best('weekPoints', { scope, week })).documents
  const since = period === 'week' ? [] : (await best('lastWeekPoints', { scope, lastWeek: week })).documents
  const rows = [
    ...played.map((each) => rowFrom(each, each.weekPoints)),
    ...since.map((each) => rowFrom(each, each.lastWeekPoints ?? 0)),
  ]
  return rows.sort((one, other) => other.points - one.points).slice(0, limit)
}

function rowFrom({ person, team }: QuizScore, points: number): Row {
  return { person, points, ...(team !== undefined && { team }) }
}

/** 1. 马叔 2分, a line each; undefined when nobody has points. */
export async function personLines(
  house: House,
  reading: Reading,
  scope: string,
  period: Period,
  most = mostRanked,
): Promise<string | undefined> {
  const rows = await rowsOf(reading, scope, period, house.now(), most)
  return rows.length === 0 ? undefined : linesOfPersons(house, reading, rows)
}

/** `rows`: the best first; `most` of them are shown. */
export async function linesOfPersons(
  house: House,
  reading: Reading,
  rows: readonly Row[],
  most = mostRanked,
): Promise<string> {
  const shown = rows.slice(0, most)
  const names = await Promise.all(shown.map(({ person }) => nameOf(house, reading, person)))
  const places = placesOf(shown)
  return shown
    .map(({ points }, at) =>
      house.texts.quizRankLine({ place: places[at] ?? 0, name: names[at] ?? '', points }),
    )
    .join('\n')
}

/** Equal points share a place. */
function placesOf(rows: readonly { readonly points: number }[]): readonly number[] {
  return rows.map(({ points }) => rows.findIndex((each) => each.points === points) + 1)
}

export async function teamsOf(
  reading: Reading,
  scope: string,
  period: Period,
  now: number,
): Promise<readonly TeamPoints[]> {
  return teamTable(await rowsOf(reading, scope, period, now, mostPlayers))
}

/** 1. 3号楼 12分（4人）, a line each, at most `most`. */
export function linesOfTeams(house: House, teams: readonly TeamPoints[], most = mostRanked): string {
  const shown = teams.slice(0, most)
  const places = placesOf(shown)
  return shown
    .map(({ team, points, players }, at) =>
      house.texts.quizTeamLine({ place: places[at] ?? 0, team, points, players }),
    )
    .join('\n')
}

/** How many have more points, and one. */
export async function placeOf(reading: Reading, { scope, points }: QuizScore): Promise<number> {
  const where = { scope }
  return (
    (await reading.count('quizScores', { where, order: 'points', range: { field: 'points', gt: points } })) +
    1
  )
}
