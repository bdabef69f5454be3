/** The words that decide whether two clauses say the same. Chinese as the passages and models write it. */

/** Written several ways, meant as one; the longer first. 不用带 is no 不要带. */
const sameMeaning: readonly (readonly [written: RegExp, meant: string])[] = [
  [/不需要|无需|无须|不必/g, '不用'],
  [/可以|能够/g, '能'],
  [/需要|必须|须要|应当|应该/g, '要'],
  [/办理/g, '办'],
  [/领取/g, '领'],
  [/发放/g, '发'],
  [/携带/g, '带'],
  [/拨打/g, '打'],
  [/每个月/g, '每月'],
  [/前往|至(?!少|今|于)|[-–—~～]/g, '到'],
  [/以及|与|及(?!时|格)/g, '和'],
]

/** Said or left out, they change nothing. */
const fillers =
  /您好|一起|一下|按照|根据|依据|按(?=《)|大家|记得|您|你|(?<!申)请|的|是|就|也|把|啦|呀|哦|啊|吧|哈|了/g

/** The figure placeholders of facts.ts and letters stay; layout and punctuation go. */
export function meaningOf(text: string): string {
  let meaning = text.toLowerCase()
  for (const [written, meant] of sameMeaning) meaning = meaning.replace(written, meant)
  return meaning
    .replace(fillers, '')
    .replace(/[^\p{L}\p{N}\ue000-\uf8ff]/gu, '')
    .replace(/和/g, '')
}

/** They turn a clause round, or ask instead of telling. A clause that has one is said whole or not at all. */
export const turning =
  /[不没无未免禁停非别勿拒莫否吗么呢几哪怎咋谁撤废退除暂缓误假]|取消|结束|作废|多少|是否|已经/

/** They bind what stands beside them: nobody may leave them out. */
export const binding =
  /[最只仅满超过限约内前后或每才先再另但全都凭当须能要应会]|至少|到少|以上|以下|左右|以外|之间|凌晨|晚上/

/** Whom a rule is for. Leaving one out makes the rule one for everybody. */
export const group =
  /老人|儿童|孩子|学生|职工|家庭|之家|居民|患者|子女|[人户者员童生工民病残]|失能|自理|低保|特困|新|旧|首次/

/** In passages they say what everybody knows: 申请人 is whoever asks. */
export const droppable = /申请人|居民|本人|每人|市民|办/g

/** Before a comma: the clause after it holds only together with this one. */
export const conditional =
  /(?:的|者|时|后|户|人|员|家庭|孩子|儿童|学生|职工|天|以上|以下|以内|期间|情况下?|之前|前|度|岁)$|^(?:如|若|要是|只要|凡|对|没|未|不|除|遇|万一)|(?<!不)超过[^元]*$|不满|未满/

/** After a comma: the clause before it holds only together with this one. */
export const exception = /^[（(]?(?:但|除|不过|只是|只有|仅|另|否则|特殊|需|要|须)|除外|例外|不算$/

/** What may stand in front of a clause, when the passages know it: the passage speaks of the same people. */
export const generalPerson = /^(?:老人|居民|申请人|本人|市民)/

/** What may end a clause, when its sentence has it: 自3月1日起，每月发100元 → 自3月1日起发. */
export const generalVerb = /(?:发|办|申请|领|登记|开放|提交)$/

/** Nobody ever asks for these but in the office's own words. */
export const secrets =
  /密码|验证码|银行卡|卡号|账号|帐号|转账|汇款|付款|扫码|二维码|群里|红包|保证金|手续费|链接|私聊|加.{0,2}微信/

/** Alone they answer a question that only the whole passage shows. */
export const verdict = /^(?:能|不能|不行|行|有|没有|没|要|不要|不用|对|不对|会|不会|可|不可|免费|不收|收)$/

/** Words of one character; any other character counts only beside its neighbour. */
export const single = /[到带能要找打发领办交在每凭持写填表]/

/** What may or must be done: said to its end, and with its subject. */
export const modal = /[能要应会罚]/

/** 不超过 limits and turns nothing round. */
export const limit = /不(?:超过|少于|低于|高于)/g

/** 低保老人免费 brings its own subject along; 免费 has it in the clause before. */
export const ownSubject = /^.{0,3}(?:老人|儿童|孩子|学生|职工|家庭|患者|子女|[户者员童民]|个人|单位)/

/** What may introduce a list of steps. */
export const label = /^(?:办|申请|登记|领|材料|地点|时间|电话|网址)$/

/** With one of these, or a figure, a clause says something even when the rest of its sentence is left out. */
export const predicate = /[能要会带到打交免不没收补发罚领办找有]|\ue000/
