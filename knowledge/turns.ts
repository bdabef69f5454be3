import { PhraseTable } from './phrases.ts'

/**
 * Which way a question turns: 公租房怎么申请 and 公租房怎么退 name the same thing and ask the same of it, and still the
 * answer to one is wrong for the other. Most questions are about having or getting something and turn nowhere.
 */
const turns: readonly (readonly string[])[] = [
  /* none: words that merely contain one of those below */ '退休 退役 退伍 退耕 兑换 换乘 换届 交换 公租 廉租 租房补贴'.split(
    ' ',
  ),
  /* giving back, ending */ '退 退租 退掉 退回 退钱 退费 退款 退学 退班 退出 退订 注销 取消 撤销 撤回 终止 解除 停了 停掉 停发 停缴 停办 被停 不租了 不想租 不要了 要回来'.split(
    ' ',
  ),
  /* another instead */ '换 变更 更换 更改 更名 改名 改成 修改 转租 转让 转移 转出 转走 转院 转学 过户 换房 换新 换领'.split(
    ' ',
  ),
  /* lost */ '丢了 掉了 弄丢 搞丢 遗失 丢失 补办 补领 找不到 不见了 找不着 补一个 补个 丢'.split(' '),
  /* too late */ '过期 到期 逾期 错过 忘了 忘记 来不及 断缴 断交'.split(' '),
  /* refusing */ '不同意 反对 不肯 不愿意 阻挠 有异议'.split(' '),
  /* consenting */ '同意 签字 表决'.split(' '),
  /* renting */ '租'.split(' '),
  /* buying */ '买 购买'.split(' '),
  /* selling */ '卖 出售'.split(' '),
  /* shutting */ '关门 关闭 打烊 时候关 几点关'.split(' '),
  /* paying less */ '减免 减交 少交 免交'.split(' '),
  /* from elsewhere */ '外地户口 农村户口 外地人 户口不在 不是本地 非本地 异地'.split(' '),
  /* for somebody else */ '代办 替他办 替她办 帮忙办 下不了床 下不了楼 走不动'.split(' '),
]
const nowhere = 0

const table = new PhraseTable(turns)

/** `folded` comes from foldText. */
export function turnsIn(folded: string): Set<number> {
  return new Set(table.find(folded).flatMap(({ group }) => (group === nowhere ? [] : [group])))
}
