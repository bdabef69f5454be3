import { nameAtHome, room } from './room-numbers.ts'

/** Sentences about a neighbour that no masking makes fit for a group: whoever wrote them has to word them anew. */

const door = `${room}(?:室|号|户)?`
const joined = '(?:家?的?(?:住|在|那家|那户|户主|业主)?|家)\\s?'
const atHome = new RegExp(`${door}${joined}${nameAtHome.after}|${nameAtHome.before}${joined}${door}`, 'u')

/** 502王阿姨, 王秀兰家502: a name beside a door. */
export function namesSomebodyAtHome(text: string): boolean {
  return atHome.test(text)
}

/** A ramp for the disabled is no illness. */
const illness =
  /精神(?:病|障碍|分裂|失常)|抑郁|躁郁|自闭症|癌|肿瘤|白血病|尿毒症|艾滋|梅毒|乙肝|肺结核|瘫痪|痴呆|智障|残疾(?!人?(?:专用|无障碍)?(?:通道|坡道|卫生间|厕所|车位|设施|扶手|电梯|轮椅))/u

export function namesIllness(text: string): boolean {
  return illness.test(text)
}
