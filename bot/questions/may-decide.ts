import { atLeast } from '../people/directory.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import type { Reading } from '../reading.ts'
import type { QuestionTopic, StaffAnswer } from './question-documents.ts'

/**
 * Whose question it is. Staff bound to places decide for the communities of those places, and for those below
 * them; who is bound to none, admins and the operator decide everywhere. Whoever may not is told nothing of the
 * answer.
 */
export type NotTheirs =
  /** `place`: the name of the community whose question it is. */
  | { readonly fault: 'elsewhere'; readonly place: string }
  /** 全区 is more than they answer for. */
  | { readonly fault: 'everywhere' }
  /** The answer holds in all communities. */
  | { readonly fault: 'ofAll' }

/** `by`: person id, or `operator`. */
export async function notTheirs(
  reading: Reading,
  by: string,
  topic: QuestionTopic,
  { answer, everywhere }: { readonly answer: StaffAnswer | undefined; readonly everywhere: boolean },
): Promise<NotTheirs | undefined> {
  if (by === 'operator') return undefined
  const person = await reading.get('people', by)
  if (!person || person.places.length === 0 || atLeast(person, 'admin')) return undefined
  if (topic.place !== null && !(await reachesPlace(reading, person.places, topic.place)))
    return { fault: 'elsewhere', place: (await reading.get('places', topic.place))?.name ?? topic.place }
  if (everywhere) return { fault: 'everywhere' }
  return topic.place !== null && answer?.place === null ? { fault: 'ofAll' } : undefined
}
