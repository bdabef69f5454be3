import { privateNumbersIn, withoutPrivateNumbers } from '../private-numbers.ts'
import { type Finding, type Placed, placeOf } from './finding.ts'

/** What should not be in a document that answers a whole group: people's data, and sentences meant for a model. */
export function checkPrivateData(placed: readonly Placed[]): Finding[] {
  return placed.flatMap((each): Finding[] => {
    const { heading, alsoAsked, text } = each.passage
    const all = [heading, ...alsoAsked, text].join('\n').normalize('NFKC')
    const found = [...numbersOf(all), ...peopleOf(all), ...instructionsOf(all)]
    // a heading may be what has the number in it
    const places = [withoutPrivateNumbers(placeOf(each))]
    return found.map((finding) => ({ ...finding, places }))
  })
}

type Found = Omit<Finding, 'places'>

const numberNames = { 'identity card': 'an identity card', 'bank card': 'a bank card' } as const

function numbersOf(text: string): Found[] {
  return privateNumbersIn(text).map(({ kind, ending }) => ({
    ...{ kind: 'personal data', status: 'fault' },
    message: `number of ${numberNames[kind]}, ending in ${ending}: take it out (answers hide it, the document shows it)`,
  }))
}

const surname =
  '[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]'
const polite =
  '(?:大爷|大妈|大叔|大姐|大哥|阿姨|叔叔|伯伯|奶奶|爷爷|先生|女士|小姐|师傅|老师|医生|书记|主任|某某?)'
/** 李大爷, 王女士; 联系人：李明, 户主 王建国. */
const person = `(?:${surname}${polite}|(?:姓名|户主|业主|房主|租客|联系人|负责人|网格员|网格长|楼长|楼栋长|住户)[是为:：；;\\s]{0,3}${surname}\\p{Script=Han}{1,2})`
/** A bare name counts only right before a number: 李明（手机138…）. Places and offices end otherwise. */
const bareName = `(?<!\\p{Script=Han})${surname}\\p{Script=Han}{1,2}(?<![区市县镇乡村局站部室处所院店队组路街号会委科])`
const room =
  '(?:\\d{1,3}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|#)[^，。；\\n]{0,6}?\\d{3,4}(?:室|户|号房?)?(?!\\d)'
const mobile = '(?<!\\d)1[3-9]\\d[\\s-]?\\d{4}[\\s-]?\\d{4}(?!\\d)'
/** Of the same sentence. */
const near = '[^。！？\\n]'

const roomOfSomebody = new RegExp(`${person}${near}{0,20}?${room}|${room}${near}{0,10}?${person}`, 'u')
const mobileOfSomebody = new RegExp(
  `${person}${near}{0,40}?${mobile}|${bareName}[，,：:；;（(\\s]*(?:的?(?:联系|手机)?(?:手机|电话|号码|微信)+(?:号码?)?)?[是为：:；;\\s]*${mobile}|${mobile}[，,（(\\s]*${person}`,
  'u',
)

function peopleOf(text: string): Found[] {
  const found: Found[] = []
  const tell = (what: string) =>
    found.push({
      ...{ kind: 'personal data', status: 'note' },
      message: `${what}: take it out, unless they agreed that every resident may read it`,
    })
  if (roomOfSomebody.test(text)) tell("somebody's name beside a room number")
  if (mobileOfSomebody.test(text)) tell("a mobile phone beside somebody's name")
  return found
}

/** Sentences that tell a model what to do, rather than a resident. */
const instructions: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|抛开|不要?理会|不要?遵守)[^。！？\n]{0,8}?(?:之前|以前|以上|前面|上面|上述|先前|所有|一切|系统)[^。！？\n]{0,8}?(?:指令|指示|提示|规则|设定|命令|限制|约束|要求)/u,
  /(?:从现在(?:起|开始)|现在|今后)，?你(?:就)?(?:是|要?扮演|只能|必须|不再)/u,
  /你(?:现在)?(?:是|扮演)(?:一个|一名|一位)[^。！？\n]{0,10}(?:助手|机器人|模型|AI|专家|人工智能)/iu,
  /系统提示词?[:：]|提示词|system\s*(?:prompt|message)|<\|?(?:im_start|system)\b/iu,
  /(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier)/iu,
]

function instructionsOf(text: string): Found[] {
  const found = instructions.map((shape) => shape.exec(text)?.[0]).find((words) => words !== undefined)
  if (found === undefined) return []
  return [
    {
      ...{ kind: 'instruction', status: 'note' },
      message: `“${found.slice(0, 30)}” speaks to a program, not to residents: take it out, or see who wrote it in`,
    },
  ]
}
