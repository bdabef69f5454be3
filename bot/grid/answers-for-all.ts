import type { Person } from '../documents.ts'

/** Whoever works in the grid and is bound to no place may do everywhere what others may do in theirs. */
export function answersForAll({ role, places }: Pick<Person, 'role' | 'places'>): boolean {
  return (role === 'grid_worker' || role === 'grid_leader') && places.length === 0
}
