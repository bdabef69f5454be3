import { Converter } from 'opencc-js/t2cn'

/** What stands in normalised text for things whose wording must not matter. */
export const marks = { link: '🔗', sticker: '☺', picture: '▣', mention: '@' } as const

const convert = Converter({ from: 't', to: 'cn' })
/** 著 is both 着 (着火) and 著 (著名); the converter leaves it. */
const particle = /(?<![显名专编土原巨论])著(?![名作称述者])/gu
const toSimplified = (text: string) => convert(text).replace(particle, '着')
const ideographs = /[\u3400-\u9fff]/
/** For each character met so far, whether the converter changes it: most messages need no converter. */
const isTraditional = new Map<string, boolean>()

/** Controls, zero-width characters, marks of direction and of emoji style; the line break stays. */
const invisible = /(?!\n)(?:\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\ufe0e|\ufe0f)/gu
const link = /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff，。！？、）】]+/g
const mentionOfOther = /@(?!所有人)[^\s@,。!?:;、🔗]{1,24}(?=\s|$)/gu
const offices =
  '(?:物业|社区|居委会?|街道办?|网格员|业委会|管家|客服|保安|门卫|维修工?|电工|水工|保洁)(?:服务)?(?:中心|公司|处|部|队)?(?:经理|主任|前台|客服|管家|队长|师傅)?'
const titled =
  '(?:\\d{1,2}(?:号楼|栋|期))?[^\\s\\d@,。!?:;、🔗]{1,6}(?:经理|主任|书记|站长|队长|师傅|网格员|管家|客服|物业|保安)'
/** @物业, @张经理 in front of a trouble: whom somebody calls says nothing about what is wrong. Thanks keep theirs. */
const mentionOfOffice = new RegExp(
  `(?<!谢)@(?:${offices}[小老]?[\\u4e00-\\u9fff]?(?=[\\s,。!?:;、]|$)|${titled}(?=[\\s\\d,。!?:;、]|$)|${offices})[,:、]?`,
  'gu',
)
const picture = /\[(?:图片|视频|语音|动画表情|照片|文件)\]/g
const sticker = /\[[a-z\u4e00-\u9fff]{1,6}\]/g

let last = { text: '', normalized: '' }

/**
 * The form in which every rule and the model read a message: NFKC, simplified characters, lower case, links,
 * mentions of other people, pictures and stickers each replaced by a mark, mentions of an office left out. Line breaks stay. The original is
 * for the caller to keep: nothing here can be shown to people. Normalising twice changes nothing.
 * The last answer is kept, for all rules ask about one message in a row.
 */
export function normalize(text: string): string {
  if (last.text !== text) last = { text, normalized: settle(fold(text.replace(invisible, ' '))) }
  return last.normalized
}

/** A second fold may still change rare characters whose first folding made new ones: e.g. ligatures of traditional forms. */
function settle(folded: string): string {
  let result = folded
  let again = fold(result)
  for (let round = 0; again !== result && round < 4; round++) {
    result = again
    again = fold(result)
  }
  return result
}

function fold(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC')
  const simplified = needsConverter(plain) ? toSimplified(plain) : plain
  return simplified
    .replace(link, marks.link)
    .replace(mentionOfOffice, ' ')
    .replace(mentionOfOther, marks.mention)
    .replace(picture, marks.picture)
    .replace(sticker, marks.sticker)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

function needsConverter(text: string): boolean {
  if (!ideographs.test(text)) return false
  for (const character of text) {
    let changes = isTraditional.get(character)
    if (changes === undefined) {
      changes = toSimplified(character) !== character
      isTraditional.set(character, changes)
    }
    if (changes) return true
  }
  return false
}
