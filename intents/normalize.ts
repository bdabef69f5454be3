import { Converter } from 'opencc-js/t2cn'

/** What stands in normalised text for things whose wording must not matter. */
export const marks = { link: '🔗', sticker: '☺', picture: '▣', mention: '@' } as const

const convert = Converter({ from: 't', to: 'cn' })
/** 著 is both 着 (着火) and 著 (著名); the converter leaves it. */
const particle = /(?<![显名专编土原巨论])著(?![名作称述者])/gu
const toSimplified = (text: string) => convert(text).replace(particle, '着')
const traditional = /[\u3400-\u9fff]/

/** Controls, zero-width characters, marks of direction and of emoji style; the line break stays. */
const invisible = /(?!\n)(?:\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\ufe0e|\ufe0f)/gu
const link = /(?:https?:\/\/|www\.)[^\s\u4e00-\u9fff，。！？、）】]+/g
const mentionOfOther = /@(?!所有人)[^\s@,。!?:;、🔗]{1,24}(?=\s|$)/gu
const picture = /\[(?:图片|视频|语音|动画表情|照片|文件)\]/g
const sticker = /\[[a-z\u4e00-\u9fff]{1,6}\]/g

/**
 * The form in which every rule and the model read a message: NFKC, simplified characters, lower case, links,
 * mentions of other people, pictures and stickers each replaced by a mark. Line breaks stay. The original is
 * for the caller to keep: nothing here can be shown to people. Normalising twice changes nothing.
 */
export function normalize(text: string): string {
  let result = fold(text.replace(invisible, ' '))
  // A second fold may still change rare characters whose first folding made new ones: e.g. ligatures of traditional forms.
  for (let again = fold(result), round = 0; again !== result && round < 4; round++) {
    result = again
    again = fold(result)
  }
  return result
}

function fold(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC')
  const simplified = traditional.test(plain) ? toSimplified(plain) : plain
  return simplified
    .replace(link, marks.link)
    .replace(mentionOfOther, marks.mention)
    .replace(picture, marks.picture)
    .replace(sticker, marks.sticker)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
