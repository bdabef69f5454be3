import { parseNoticeCommand } from '../../../intents/notice-commands.ts'
import { readNotice } from '../../../intents/notice-words/reading.ts'
import { isNobody } from '../../../intents/notice-words/whom.ts'
import type { Situation } from '../../situation.ts'
import { addressees } from './known-names.ts'
import { knownFor } from './write-notice.ts'

/**
 * Words of a notice that staff write: 3号楼着火，请从北门疏散 calls for no ambulance when it is for the groups of 幸福里社区.
 * Without anybody whom it is for it may be a call for help after all.
 */
export async function isNoticeOfStaff(situation: Situation): Promise<boolean> {
  const { staff, addressed, text, reading } = situation
  if (!staff || !(addressed || /^[#＃]/u.test(text))) return false
  const command = parseNoticeCommand(text)
  const order = command?.order
  switch (order?.order) {
    case 'write': {
      if (!command?.sure) return false
      const read = readNotice(order.words, knownFor(situation, await addressees(reading)))
      // 通知 3号楼着火了: where it burns, and nobody whom it is for
      const named = read.whom.named.filter(({ name }) => !read.text.startsWith(name))
      return !isNobody({ ...read.whom, named })
    }
    case 'revise':
    case 'correct':
    case 'retract':
      return order.notice !== undefined && (await reading.get('notices', order.notice)) !== undefined
    default:
      return false
  }
}
