import type { NoticeQuestion } from './notice-question.ts'

/** The words of a notice that answer a question about it, as they stand there. Pure: nothing is put together anew. */

/** @returns undefined when the notice does not say it */
export function wordsSaying(
  { aspect: { says, label }, of }: Pick<NoticeQuestion, 'aspect' | 'of'>,
  notice: string,
): string | undefined {
  // 孩子还要带接种证 says that children may come
  if (of !== undefined) return sentencesOf(notice).find((sentence) => sentence.includes(of))
  const scored = sentencesOf(notice).flatMap((sentence) => {
    const isLabelled = label?.test(sentence) ?? false
    const isSaid = says.test(sentence)
    const score = (isLabelled ? 2 : 0) + (isSaid ? 1 : 0)
    // a label alone may be about something else: 时间 without an end says nothing about it
    return isSaid || (isLabelled && !needsMore(says, sentence)) ? [{ sentence, score }] : []
  })
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (found, each) => (found && found.score >= each.score ? found : each),
    undefined,
  )
  return best && shortened(best.sentence, says)
}

function needsMore(says: RegExp, sentence: string): boolean {
  return /^[^，。]{0,6}(?:时间|日期|期限)[:：]/u.test(sentence) && !says.test(sentence)
}

/** Without titles, greetings and 收到请回复, which answer nothing. */
export function sentencesOf(notice: string): readonly string[] {
  return notice
    .split(/[\n。！!；;]+/u)
    .map((sentence) => sentence.trim().replace(/^[\s,，、]+|[\s,，、]+$/gu, ''))
    .filter((sentence) => sentence.length > 1 && !says.nothing.test(sentence))
    .map((sentence) => sentence.replace(says.greeting, '').trim())
    .filter((sentence) => sentence !== '')
}

const says = {
  nothing:
    /^(?:【[^】]*】|(?:尊敬的|亲爱的)?(?:各位|全体|广大)?(?:居民|业主|邻居|住户|家长|商户|朋友|志愿者|网格员)(?:朋友)?们?[:：,，]?(?:你们?好|您好|大家好)?|(?:特此)?通知如下[:：]?|特此通知|谢谢(?:配合|大家|支持)?|请?(?:大家)?(?:互相转告|相互转告)|.{0,6}收到.{0,4}请?回.{0,4})$/u,
  greeting:
    /^(?:【[^】]*】)?\s*(?:(?:尊敬的|亲爱的)?(?:各位|全体|广大)(?:居民|业主|邻居|住户|家长|商户|朋友|志愿者|网格员)?(?:朋友)?们?[:：,，]\s*)?/u,
}

const shortEnough = 64

/** A long sentence is told by the parts that say it, with what stands between them. */
function shortened(sentence: string, saying: RegExp): string {
  if (sentence.length <= shortEnough) return sentence
  const parts = sentence.split(/(?<=[,，])/u)
  const said = parts.flatMap((part, at) => (saying.test(part) ? [at] : []))
  const from = said[0]
  const to = said.at(-1)
  if (from === undefined || to === undefined) return sentence
  // the part before tells what it is about
  const told = parts.slice(Math.max(0, from - 1), to + 1).join('')
  return told.replace(/[,，]$/u, '')
}
