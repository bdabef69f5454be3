import { silence } from '../outcome.ts'
import type { Handler } from '../situation.ts'

/** Thanks, 收到 and 好的 need no answer, whatever a model may hear in them; asked directly, the fallback is kind. */
export const pleasantry: Handler = async ({ addressed, text }) =>
  !addressed && plain.test(text.trim()) ? silence('chatter') : undefined

/** Kind words and nothing else, a greeting among them. */
export function isPleasantry(text: string): boolean {
  return plain.test(text.trim()) || greeting.test(text.trim())
}

export const greeting =
  /^(?:你好|您好|在吗|在不在|早上好|早|晚上好|中午好|下午好|hi|hello|嗨|哈喽)[呀啊吗!！。~～\s]*$/iu

const plain =
  /^(?:(?:谢谢|谢了|多谢|感谢|辛苦了?|麻烦了|收到|好的?|好滴|好嘞|行|嗯+|哦+|ok|知道了|明白了?)[,，!！~～。.\s]*)+(?:(?:小邻|大家|各位|邻居们?|师傅|物业|社区|您|你|你们|了|啦|哈|啊|呀|👍|🙏|🌹|❤️|\[[^\]]{1,4}\])[,，!！~～。.\s]*)*$/iu
