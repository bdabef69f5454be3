import type { House } from '../../house.ts'
import { groupsLately } from '../../questions/whereabouts.ts'
import type { Situation } from '../../situation.ts'
import type { Notice } from '../notice.ts'
import { type ArrivedNotice, noticesIn } from './group-notices.ts'

/**
 * The notices that whoever speaks has read: those of the group; in private, of the groups in which they spoke lately.
 *
 * @param back ms: also what was over so long ago
 */
export async function noticesKnown(
  { reading, group, person, now }: Situation,
  back = 0,
): Promise<readonly ArrivedNotice[]> {
  if (group) return noticesIn(reading, group.id, now, now - back)
  const groups = (await groupsLately(reading, person.id)).slice(0, mostGroups)
  const found = new Map<string, ArrivedNotice>()
  for (const id of groups)
    for (const each of await noticesIn(reading, id, now, now - back))
      if (!found.has(each.notice.id)) found.set(each.notice.id, each)
  return [...found.values()].sort((one, other) => other.at - one.at)
}

const mostGroups = 5

/** What it says itself: the head of a correction repeats the words that were wrong. */
export function ownWords({ texts }: House, { text, follows }: Pick<Notice, 'text' | 'follows'>): string {
  if (follows?.as !== 'correction') return text
  const [, middle = ''] = texts.noticeCorrection({ begin: mark, text: mark }).split(mark)
  const head = text.indexOf(middle)
  return middle === '' || head < 0 ? text : text.slice(head + middle.length)
}

const mark = '\u0001'
