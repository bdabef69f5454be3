import { addDays, type LocalDate, localDate } from '../../tickets/shanghai-time.ts'
import type { Group } from '../documents.ts'
import type { Put, Reading } from '../reading.ts'
import type { QuizScore } from './quiz-documents.ts'
import { rosterTeam } from './teams.ts'

/**
 * Points of a person in a group and in its community: all together, of this week, and of the week in which they
 * played before. One document a person and place, however long they play.
 */

/** The Monday of a week, in Shanghai: there the week begins, at midnight. */
export function mondayOf(now: number): LocalDate {
  const today = localDate(now)
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay()
  return addDays(today, -((weekday + 6) % 7))
}

export interface Player {
  readonly person: string
  /** Undefined in private. */
  readonly group: Group | undefined
}

export const alone = (person: string) => `person/${person}`

/** Where a player's points are counted: the group, and the community that it belongs to. */
async function scopesOf(reading: Reading, { person, group }: Player): Promise<readonly string[]> {
  if (!group) return [alone(person)]
  const community = await communityOf(reading, group)
  return community === undefined ? [group.id] : [group.id, community]
}

/** The nearest community at or above the group's places. */
export async function communityOf(reading: Reading, group: Group): Promise<string | undefined> {
  for (const start of group.places) {
    const seen = new Set<string>()
    for (let at: string | null = start; at !== null && !seen.has(at); ) {
      seen.add(at)
      const place: { readonly kind: string; readonly parent: string | null } | undefined = await reading.get(
        'places',
        at,
      )
      if (place?.kind === 'community') return at
      at = place?.parent ?? null
    }
  }
  return undefined
}

/** One counted answer: 0 points when it was wrong. */
export async function scoreAnswer(
  reading: Reading,
  player: Player,
  points: number,
  now: number,
): Promise<readonly Put[]> {
  const roster = player.group && (await rosterTeam(reading, player.person))
  const puts: Put[] = []
  for (const scope of await scopesOf(reading, player)) {
    const before = await reading.get('quizScores', `${scope}/${player.person}`)
    const score = inWeek(before ?? emptyScore(scope, player.person, now), now)
    const team = scope === player.group?.id ? (roster ?? score.team) : undefined
    puts.push({
      collection: 'quizScores',
      document: {
        ...score,
        ...(team !== undefined && { team }),
        points: score.points + points,
        weekPoints: score.weekPoints + points,
        right: score.right + (points > 0 ? 1 : 0),
        ...{ answered: score.answered + 1, lastAt: now },
      },
    })
  }
  return puts
}

/** The building that somebody says they play for. */
export async function scoreWithTeam(
  reading: Reading,
  group: Group,
  person: string,
  team: string,
  now: number,
): Promise<Put> {
  const before = await reading.get('quizScores', `${group.id}/${person}`)
  return { collection: 'quizScores', document: { ...(before ?? emptyScore(group.id, person, now)), team } }
}

function emptyScore(scope: string, person: string, now: number): QuizScore {
  return {
    ...{ id: `${scope}/${person}`, scope, person, points: 0, right: 0, answered: 0 },
    ...{ week: mondayOf(now), weekPoints: 0, lastAt: now },
  }
}

/** On Monday the week's points become those of the week before. */
function inWeek(score: QuizScore, now: number): QuizScore {
  const week = mondayOf(now)
  if (score.week === week) return score
  return { ...score, week, weekPoints: 0, lastWeek: score.week, lastWeekPoints: score.weekPoints }
}
