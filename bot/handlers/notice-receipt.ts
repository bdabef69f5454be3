import { receiptIn } from '../notices/residents/receipts.ts'
import { type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'

/** 收到, and nothing else, where a notice asks for it: counted without a word. */
export const noticeReceipt: Handler = async (situation) => {
  const heard = await receiptIn(situation)
  if (heard?.rest !== '') return undefined
  const { addressed, house } = situation
  if (addressed) return reply(situation, house.texts.noticeReceiptNoted(), { puts: heard.puts, why })
  return silence(heard.puts.length > 0 ? 'receipt' : 'receiptSecond', { puts: heard.puts, why })
}

const why = '收到, for a notice that asks for it'

/** 收到，几点来水？ is counted, and what else was said goes its own way. */
export async function countingReceipt(situation: Situation, outcome: Outcome): Promise<Outcome> {
  const heard = await receiptIn(situation)
  if (!heard || heard.rest === '' || heard.puts.length === 0) return outcome
  return { ...outcome, puts: [...(outcome.puts ?? []), ...heard.puts] }
}
