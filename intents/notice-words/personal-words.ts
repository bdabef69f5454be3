import { maskPersonalData, namesRoom } from '../personal-data.ts'

/**
 * Whether words for hundreds of people tell who lives where, or how somebody can be reached: a mobile number together
 * with a name or a door, a door with its building, 张桂兰家. A number alone is whom to call. Pure.
 */
export function tellsOfSomebody(words: string): boolean {
  const isDoor = namesRoom(words) && /号楼|栋|幢|单元|座/u.test(words)
  if (isDoor || home.test(words)) return true
  return (
    maskPersonalData(words).includes('[电话]') &&
    mobile.test(words) &&
    (namesRoom(words) || named.test(words))
  )
}

const mobile = /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/u
const surname =
  '(?:欧阳|司马|上官|诸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文])'
const begins = '(?:(?<!\\p{Script=Han})|(?<=[请找系人由给叫问是和]))'
/** 张桂兰家 */
const home = new RegExp(
  `${begins}${surname}[\\p{Script=Han}]{2}(?:的?家(?!属|长|庭|园|具|电|政|委|里人)|住)`,
  'u',
)
/** 联系人：张桂兰; 王师傅 */
const named = new RegExp(
  `${surname}(?:师傅|阿姨|大爷|大妈|先生|女士|老师|主任|书记|姐|哥|叔|工)|${begins}${surname}[\\p{Script=Han}]{1,2}(?!\\p{Script=Han})`,
  'u',
)
