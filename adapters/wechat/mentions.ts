/**
 * Was the bot mentioned? Puppets tell ids (paid gateways), nothing, or ids guessed from names (wechat4u), so the
 * text is read as well. Wechaty's own mentionSelf() and mentionText() are not used: their member cache never
 * hits, and one call costs a round trip for each member of the room.
 */

export interface MentionQuestion {
  readonly text: string
  readonly mentionIds: readonly string[]
  readonly selfId: string
  /** All the names the bot goes by: configured, of the account, in this room. */
  readonly names: readonly string[]
}

/** WeChat ends a picked mention with this space; typed ones end with anything. */
const MENTION_END = '\u2005'
const MAX_NAME_LENGTH = 40
const EVERYBODY = /[@＠](?:所有人|全体成员|all)(?=$|[\s\p{P}\p{S}])/iu
const AFTER_NAME = /^(?:$|[\s\p{P}\p{S}])/u

export function mentionsBot({ text, mentionIds, selfId, names }: MentionQuestion): boolean {
  // `@所有人` comes with the ids of the whole room, or with none: those ids say nothing about the bot.
  if (mentionIds.includes(selfId) && !EVERYBODY.test(text)) return true
  return names.some((name) => name.trim() !== '' && mentionsName(text, name.trim()))
}

/** Whether it is worth looking up more names. */
export function mayMention(text: string): boolean {
  return text.includes('@') || text.includes('＠')
}

function mentionsName(text: string, name: string): boolean {
  for (const at of ['@', '＠']) {
    let start = text.indexOf(at + name)
    while (start !== -1) {
      if (isWholeName(text.slice(start + at.length + name.length), name)) return true
      start = text.indexOf(at + name, start + 1)
    }
  }
  return false
}

/**
 * `rest` is what follows the name. Names may contain spaces, so `@小邻 二号<U+2005>` is somebody else than 小邻:
 * where a picked mention ends further on, before the next @, the name is all of it.
 */
function isWholeName(rest: string, name: string): boolean {
  if (rest === '' || rest.startsWith(MENTION_END)) return true
  if (!AFTER_NAME.test(rest)) return false
  const end = rest.indexOf(MENTION_END)
  return end === -1 || name.length + end > MAX_NAME_LENGTH || /[@＠\n]/.test(rest.slice(0, end))
}
