/** Room numbers as neighbours say them, without 室: 502住户, 住501的老人, 602王建国, 六零二也查了. */

export interface RoomStep {
  readonly find: RegExp
  readonly put: (...groups: string[]) => string
}

const hidden = '某室'
/** Not inside another number, a date, a time, an amount, a document's number. */
const before = '(?<![0-9０-９a-zA-Z.\\-－/:：年月第¥￥共约近超达〔\\[])'
/** 502, 1203: a floor, then a door from 01 to 20. Years are none. */
export const room = '(?!19\\d\\d|20[12]\\d)(?:[1-9]|[12]\\d|3[0-5])(?:0[1-9]|1\\d|20)(?!\\d)'
/** 六零二, 一五〇三. 二〇二六 is a year, 一二零 a hotline. */
const spelled =
  '(?<![零〇一二三四五六七八九十百千两第年])[一二三]?[一二三四五六七八九][零〇][一二三四五六七八九](?![零〇一二三四五六七八九十百千万亿年])'

const people = '老人|老太|老头|大爷|大妈|大哥|大姐|阿姨|叔叔|奶奶|爷爷|小孩|孩子|娃|邻居|先生|女士|师傅|人'
const beside = [
  '(?:的|那个?|这个?|家的)?(?:住户|户主|租户|租客|邻居|房客|房东)',
  '(?:的|那个?|这个?)?业主(?!大会|委员|代表|群)',
  '(?:人家|号房|那[家户]|这[家户]|女士|先生|住的)',
  `的(?:${people})`,
].join('|')

/** The commonest; those that also begin everyday words are left to `noName`. */
const surname =
  '[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武]'
const noName =
  '(?:高[地空压层温处铁速]|黄[色线瓜豆油]|周[边围末一二三四五六日年]|马[上路桶]|白[天色菜酒]|石[头材板墩]|金[额属]|田[里地]|江[边北南]|于[是今此]|万[元一人块]|何[时人必种]|余[元人]|任[何务意]|程[序度]|夏[天季]|雷[雨声]|龙[头门]|张[贴开]|张照|许[可多]|段[时路]|严[重禁]|毛[钱病]|钱[包款]|武[器装]|林[业地]|杨[树柳]|胡[同乱萝]|曾[经]|丁[字]|单元)'
const honorific = '(?:阿姨|大爷|大妈|大叔|叔叔?|姐|哥|嫂|先生|女士|师傅|奶奶|爷爷|老师|总|工)'
const nameEnds = '(?=$|[\\s,，。!！?？、:：;；）)]|[的家说也在是没和与跟已报反要住把又给就都])'
/** 王阿姨, 张师傅 */
const titledName = `${surname}${honorific}`
const han = '[\\u4e00-\\u9fff]'
/** 王秀兰: right beside a number nothing else is likely. */
const nameBesideNumber = `(?!${noName})${surname}${han}{2}`
/** Not an amount, a length or the number of a ticket. */
const noUnit = '(?![0-9a-zA-Z\\-－.]|\\s?[元块天年个人平米毫公升克吨张只件根次度点分秒胶路盏台棵桶车瓶])'
/** Behind 办公室, 会议室 stand the numbers of offices. */
const household = '(?:家里?|户|(?<![公教议动解诊览])室)'
const name = `(?:${surname}${honorific}|[老小]${surname}(?![^\\s,，。!！?？、的家说也在是没和])|(?!${noName})${surname}[\\u4e00-\\u9fff]{1,2}?${nameEnds})`

/** A name right before or right behind the number of a door. */
export const nameAtHome = {
  before: `(?:${titledName}|${nameBesideNumber}|(?!${noName})${surname}${han}(?=\\s|家))`,
  after: `(?:${titledName}|${nameBesideNumber}|(?!${noName})${surname}${han}{1,2}?${nameEnds})`,
}

const hide = (find: string): RoomStep => ({ find: new RegExp(find, 'gu'), put: () => hidden })

export const roomSteps: readonly RoomStep[] = [
  hide(`${before}${room}(?=\\s?(?:${beside}))`),
  // 502家漏水; 502家门店 and 105户居民 are counted.
  hide(
    `${before}(?<!有)(?:[1-9]|[12]\\d|3[0-5])0[1-9](?=户(?!居民|人家|家庭|都|已|全|签|报名|住户)|家(?![店门企公商单超饭药医养银餐机媒分连个]))`,
  ),
  {
    find: /((?:住|住在|住的是|家在|住户|业主|户主|租户|房号|门牌号?)[是为:：\s]{0,2})(?!19\d\d|20[12]\d)[1-9]\d{2,3}(?=$|[\s,，。!！?？、]|[的那这家也有号]|室|漏|没|不|楼上|楼下|隔壁|对门)(?!号[楼院线])/gu,
    put: (_, word = '') => `${word}${hidden}`,
  },
  hide(`${before}${room}(?=\\s?${name})`),
  hide(`${before}${room}(?=${nameBesideNumber})`),
  hide(
    `(?<=(?:${nameAtHome.before}|[老小]${surname})家?的?\\s?|${household}\\s?)${room}(?:号(?![楼院线]))?${noUnit}`,
  ),
  // 502、503家
  hide(`${before}${room}(?=[、，,和及]\\s?${hidden})`),
  hide(
    `${spelled}(?:室|号房?(?![楼院线]))?(?!国道|省道|县道|路|医院|厂|胶|公交|车|班|元|块|米|分|度|号[楼院线]|高地|部队|所|[中小大]学|大街|广场|天|个|次|人)`,
  ),
]
