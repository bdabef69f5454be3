import type { Person } from '../documents.ts'

/** undefined: as before; null or nothing in it: none. */
export function withParts(
  person: Person,
  { department, skills }: { department?: string | null | undefined; skills?: Person['skills'] | undefined },
): Person {
  const { department: _, skills: __, ...rest } = person
  const of = department === undefined ? person.department : (department ?? undefined)
  const can = [...new Set(skills ?? person.skills ?? [])]
  return { ...rest, ...(of !== undefined && { department: of }), ...(can.length > 0 && { skills: can }) }
}
