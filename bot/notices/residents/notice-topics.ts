/** What notices are about, as residents call it: 来水 asks about a notice that says 停水. Pure. */
export interface NoticeTopic {
  /** In the question. */
  readonly asks: RegExp
  /** In the notice. */
  readonly notice: RegExp
}

const asked = '(?=要?停|断|来|啥时|什么时|几点|多久|何时|多会|到几|怎么还|咋还|还没|还不|到现在)'

const topics: readonly NoticeTopic[] = [
  {
    asks: new RegExp(`停水|断水|来水|有水|供水|没水|通水|自来水|用水|接水|储水|(?<![口香薪])水${asked}`, 'u'),
    notice: /停水|断水|供水|来水|限水/u,
  },
  {
    asks: new RegExp(
      `停电|断电|(?:来|有|没|用)电(?![话梯视脑瓶影信])|供电|送电|(?<![闪雷充发家])电${asked}`,
      'u',
    ),
    notice: /停电|断电|供电|送电|来电|限电/u,
  },
  {
    asks: /停气|断气|来气|通气|有气|没气|供气|(?:燃气|煤气|天然气)(?![费卡表灶]|公司|热水)/u,
    notice: /停气|断气|通气|供气|燃气|煤气|天然气/u,
  },
  { asks: /停暖|供暖|暖气|供热|来暖|地暖/u, notice: /供暖|暖气|供热|停暖|地暖/u },
  { asks: /断网|停网|有网|网络|宽带|来网/u, notice: /网络|宽带|断网|停网/u },
  { asks: /疫苗|打针|接种|预防针|流感针|打苗/u, notice: /疫苗|接种/u },
  {
    asks: /义诊|体检|量血压|测血压|测血糖|看病|看诊|免费检查/u,
    notice: /义诊|体检|健康检查|血压|血糖|看病/u,
  },
  { asks: /医保|参保|新农合/u, notice: /医保|参保/u },
  { asks: /消杀|灭蟑|灭鼠|打药|喷药/u, notice: /消杀|灭蟑|灭鼠|打药|喷药|药/u },
  { asks: /封路|修路|占道|通车/u, notice: /封路|封闭|修路|施工|占道|通行|绕行/u },
]

/** Something is off: where it is off, its buildings say; 主管道在哪 asks for something else. */
export function isOutage(words: string): boolean {
  return /停[水电气暖]|断[水电气网]|停供/u.test(words)
}

export function topicsIn(line: string): readonly NoticeTopic[] {
  return topics.filter(({ asks }) => asks.test(line))
}

/** A verb of what the notice is about, without its thing: 几点来, 停到几点, 在哪打, 啥时候缴. */
const hints: readonly NoticeTopic[] = [
  { asks: /来(?!得及|不及|吗|个|点)|恢复|停|断/u, notice: /停[水电气暖网]|断[水电气网]|停供|限水|限电/u },
  { asks: /打(?!给|电话|哪个|听|算|烊|车|牌)|接种/u, notice: /疫苗|接种|打针/u },
  { asks: /[缴交]/u, notice: /[缴交]费|[缴交]款/u },
  { asks: /领|发放/u, notice: /领取|发放|领/u },
  { asks: /报名|参加|集合|预约/u, notice: /报名|参加|集合|预约|活动|讲座|培训|比赛/u },
  { asks: /测|量|检查/u, notice: /义诊|体检|血压|血糖|检查/u },
  { asks: /封|绕|走哪|怎么走|咋走/u, notice: /封闭|封路|绕行|施工|占道/u },
  { asks: /投放|[扔倒]/u, notice: /垃圾|投放/u },
]

export function hintsAt(line: string, notice: string): boolean {
  return hints.some((hint) => hint.asks.test(line) && hint.notice.test(notice))
}
