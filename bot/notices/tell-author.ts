import type { Send } from '../outcome.ts'
import { alertPeople } from '../sending/alert-department.ts'
import type { Notice } from './notice.ts'

/** A word to whoever wrote it; the operator and other systems look for themselves. */
export function tellAuthor({ author }: Pick<Notice, 'author'>, text: string): readonly Send[] {
  return hasAddress(author) ? alertPeople([author], text) : []
}

/** A person, whom a message can reach. */
export function hasAddress(author: string): boolean {
  return author !== 'operator' && !author.startsWith('system/')
}
