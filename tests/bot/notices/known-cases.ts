import { readFileSync } from 'node:fs'

/** Notices, and what people say after them in the group. Written for this test; half an hour lies between notice and line. */

export const notices = {
  water: '各位邻居：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。',
  power:
    '【停电通知】\n各位邻居，要临时停电，给大家添麻烦了。\n时间：11月22日8点到17点\n范围：7号楼、9号楼\n原因：线路检修\n停电时电梯会停，请提前出门，别困在里面。\n手机充好电，电器的插头先拔下来。\n家里有制氧机、呼吸机的，请马上告诉网格员。\n有事请打：供电服务热线 95598',
  vaccine:
    '【疫苗接种】\n各位邻居，卫生服务站可以打疫苗了。\n疫苗：流感疫苗（60岁以上免费）\n时间：下周三上午8点半到11点\n地点：社区卫生服务站\n请带好身份证，孩子还要带接种证。\n正在发烧，或者以前打针过敏的，先问医生。打完请坐着观察半小时再走。\n想先问清楚，请打：8331 3300',
  clinic:
    '周六上午9点到11点半，社区服务中心一楼有医生义诊，量血压、测血糖、看眼睛，都不收钱。测血糖的早上先别吃饭。请带身份证和正在吃的药，不用预约，先到先看。想先问清楚请打8331 3300。',
  medicare:
    '【居民医保缴费】\n各位邻居，明年的居民医保可以缴费了。\n截止时间：12月31日\n缴费标准：每人400元\n过了时间再缴，看病报销可能要等一阵子，请别忘了。\n不会用手机的，带身份证到这里办：社区服务大厅2号窗口\n想问清楚，请打：医保热线 12393',
  road: '因燃气管道施工，11月23日到27日槐荫路东段封闭，车辆请从南门进出，给大家添麻烦了。',
  flood:
    '【防汛提醒】\n各位邻居，今晚有大到暴雨。\n时间：今晚8点到明早8点\n要特别当心：沿河一带和地下车库\n请关好门窗，收起阳台上的花盆和杂物。\n家里进水，或者要人帮忙，请打：值班电话 8331 1190',
  bulk: '【垃圾分类】各位邻居，请把垃圾分好再扔。本周六上午9点到11点，小区北门集中收旧沙发、旧床垫，免费，不用预约。大件垃圾平时请打8331 2600。',
  talk: '本周日下午2点在二楼活动室办防诈骗讲座，民警来讲，60岁以上的邻居优先，有小礼品，每人一份。报名请找网格员小赵，名额50人，星期六晚上截止报名。',
  night:
    '通知：接自来水公司通知，因南门主管道抢修，11月21日22:00至11月22日6:00幸福里小区一期停水，请居民做好储水准备。咨询电话：96116',
  gas: '温馨提示：燃气公司本周四下午2点起入户安检，1至4号楼，请家里留人，工作人员会出示证件，安检不收费。预约改期请打8826 5500。',
  lift: '3号楼电梯年检，11月24日上午9点至11点停用，请走楼梯，行动不便的邻居提前安排出行。',
  canteen: '老年食堂12月1日开业，地址在2号楼一楼，中午11点到1点供餐，60岁以上凭敬老卡打八折，欢迎品尝。',
  movie: '本周六晚7点小广场放露天电影《长津湖》，自带小板凳，下雨改期。',
} as const

export type NoticeName = keyof typeof notices

/** Asked about the notice: which one, the line, and what must stand in the answer. */
export const asked = rowsOf('known-asked.tsv')

/** Not asked about it, or not answered by it: the notice says nothing here. */
export const notAsked = rowsOf('known-other.tsv')

function rowsOf(file: string): readonly (readonly [NoticeName, string, string])[] {
  const [, ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const [name = '', text = '', words = ''] = line.split('\t')
    if (!(name in notices)) throw new Error(`${file}: no notice ${name}`)
    return [name as NoticeName, text, words]
  })
}
