/** What a busy evening sounds like: mostly talk, some questions, some complaints, each from another place. */

export interface Line {
  readonly group: number
  readonly person: number
  readonly text: string
  readonly mentioned: boolean
}

const talk = [
  '晚上一起跳舞去不',
  '谁家的快递放错了',
  '今天天气真好',
  '收到，谢谢',
  '我家孩子考上了，高兴',
  '拼单买苹果，还差两家',
]
const questions = [
  '@小邻 居住证怎么办',
  '@小邻 高龄津贴多少岁可以领',
  '@小邻 电池属于什么垃圾',
  '@小邻 医保断缴了怎么补',
]
const things = ['路灯不亮了', '楼道堆满了杂物', '下水道往外冒水', '电梯门关不上', '垃圾桶满了没人清']

export const groups = 200

/** The nth message of one account: the same every time. */
export function lineAt(at: number): Line {
  const where = { group: (at * 31) % groups, person: (at * 17) % 5_000 }
  const kind = at % 10
  if (kind < 6) return { ...where, text: `${talk[at % talk.length]}`, mentioned: false }
  if (kind < 8) return { ...where, text: `${questions[at % questions.length]}`, mentioned: true }
  const place = `${(at % 60) + 1}号楼${(at % 5) + 1}单元`
  return { ...where, text: `@小邻 ${place}${things[at % things.length]}，来人看看`, mentioned: true }
}
