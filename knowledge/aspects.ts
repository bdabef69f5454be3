import { type FoundPhrase, PhraseTable } from './phrases.ts'
import { foldText, type TermBuffer } from './terms.ts'

/**
 * What is asked about a subject: where, how long, what to bring. A document on 老年证 answers all of these in
 * neighbouring sections, so the aspect is what tells the right section. Residents say each in many ways.
 */
const aspects: readonly (readonly string[])[] = [
  /* who */ '谁能 谁可以 什么人 哪些人 什么条件 啥条件 条件 什么样的 啥样的 够不够格 资格 符合 能不能申请 能申请吗 谁有资格'.split(
    ' ',
  ),
  /* price */ '多少钱 要钱 收费 费用 花钱 免费 收钱 几块 几毛 贵不贵 价格 要交钱 咋收 多钱 交几个钱 掏钱 出钱 啥价 掏多少 花多少 出多少 要多少 几个钱 啥价钱 收多少 咋收钱 贵不'.split(
    ' ',
  ),
  /* amount */ '补多少 给多少 发多少 领多少 报多少 能报几成 报几成 几成 比例 给几个钱 补几个钱 领几个钱 贷多少 最多多少 给几个 补几个 发几个 能拿多少 给钱不 给不给钱 有钱没 有补贴没 补不补'.split(
    ' ',
  ),
  /* where */ '去哪里 去哪儿 去哪 在哪里 在哪儿 在哪 到哪里 到哪儿 到哪 哪里 哪儿 地址 什么地方 啥地方 往哪 上哪 搁哪 啥地儿 哪块儿 哪疙瘩 上啥地方'.split(
    ' ',
  ),
  /* when */ '什么时候 啥时候 几时 几号 几点 几月份 几月 哪天 何时 什么时间 啥时间 啥时 多会儿 多咱 啥时辰 哪会儿'.split(
    ' ',
  ),
  /* how long */ '多久 几天 多长时间 多少天 几个月 几个工作日 多长 等几 几天能 得几天 等多久 多大会儿 多少日子'.split(
    ' ',
  ),
  /* bring */ '带什么 带啥 带哪些 什么材料 啥材料 哪些材料 材料 手续 证件 要啥 拿啥 拿什么 准备什么 准备啥 准备哪些 需要什么 拿些啥 带些啥 备啥 用啥证 要啥东西 拿哪些 带啥东西 带什么东西 拿啥东西 拿什么东西'.split(
    ' ',
  ),
  /* how */ '怎么办理 怎么申请 咋申请 怎么弄 咋弄 如何办理 流程 步骤 咋办理 怎么报 咋报 咋整 咋搞 怎么搞 怎么整 咋个办 咋着弄 咋着办 咋能办 申请办法 办理办法 申报办法 申请流程 办理流程 申请程序 办理程序 申请方式 办理方式 如何申请 怎样申请 怎样办理'.split(
    ' ',
  ),
  /* lost */ '丢了 掉了 弄丢 搞丢 遗失 补办 补领 找不到 不见了 找不着 丢失 补一个 补个 弄没了 找不见 没影了'.split(
    ' ',
  ),
  /* online */ '网上 手机上 线上 小程序 手机能 手机咋 微信上 在手机'.split(' '),
  /* fine */ '罚多少 罚款 处罚 罚不罚 会罚 罚吗 犯法 违法 拘留 坐牢 罚几 罚款不 罚不 会不会罚 逮住'.split(
    ' ',
  ),
  /* outsider */ '外地户口 农村户口 外地人 外地 老家 户口不在 不是本地 非本地 异地'.split(' '),
  /* phone */ '打哪个电话 什么电话 啥电话 电话 打哪个 联系方式 打给谁'.split(' '),
  /* report */ '举报 投诉 谁管 找谁 有人管 管不管 哪个部门 归谁管 归哪管 上哪告 去哪告 哪说理 找哪个 谁给管'.split(
    ' ',
  ),
  /* age */ '几岁 多大 年龄 多少岁 岁数 年纪 多大岁 几岁能'.split(' '),
  /* proxy */ '代办 上门 替他办 帮忙办 家里人 下不了床 下不了楼 走不动 腿脚不好 动不了'.split(' '),
  /* late */ '过期 到期 忘了 错过 晚了 逾期 来不及 忘记'.split(' '),
  /* renew */ '换新 坏了 旧了 换一个 换领 弄坏'.split(' '),
  /* consent */ '同意 签字 投票 表决'.split(' '),
  /* refund */ '退钱 退费 退款 能退 退吗 退不退 要回来 退回 能退不 退回来 给退不'.split(' '),
  /* meaning */ '是什么 是啥 什么意思 啥意思 干啥用 干什么用'.split(' '),
  /* who pays */ '谁出钱 谁掏钱 谁花钱 谁赔钱 谁赔 谁来赔 谁出 谁掏 谁付 谁承担 谁负责 谁给钱 谁拿钱 谁买单 算谁的'.split(
    ' ',
  ),
]

const table = lazily(() => new PhraseTable(aspects))

/** Aspects are terms too: those of the range that the text never uses. */
export const firstAspect = 1

/** `folded` comes from foldText; `group` plus firstAspect is the term. */
export function findAspects(folded: string): FoundPhrase[] {
  const found = table().find(folded)
  const getting = found.length === 0 ? gettingAPaper.exec(folded) : null
  return getting === null
    ? found
    : [{ start: getting.index, end: folded.length, group: bring, phrase: getting[0] }]
}

/** 优待证咋办: whoever wants a paper needs to know what to bring; 丢了咋办 and 狗咬人咋办 are something else. */
const gettingAPaper = /(?<=[证卡照])(?:咋办|怎么办|如何办|怎么办理|咋个办)[吗呢呀啊 ]*$/u
const bring = 6

export function readAspects(text: string, into: TermBuffer): void {
  const found = findAspects(foldText(text))
  into.reserve(found.length)
  for (const { group } of found) {
    into.terms[into.length++] = firstAspect + group
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
