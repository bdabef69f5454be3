import type { RedmineOptions } from '../../adapters/ticketing/redmine/options.ts'
import type { ForwardedTicket, TicketSystem } from '../../bot/ports/ticket-system.ts'

/** The words that this community used when the answers were recorded: bot/texts.yaml is a community's own. */
const stateNames: Readonly<Record<ForwardedTicket['state'], string>> = {
  ...{ accepted: '已受理', dispatched: '已派遣', handling: '处理中', on_hold: '已挂起' },
  ...{ done: '已办结', closed: '已结案', declined: '不予受理', withdrawn: '已撤回' },
}

/** Whatever state a scenario gives a ticket, its word goes with it. */
export function withStateNames(system: TicketSystem): TicketSystem {
  return {
    name: system.name,
    forward: (ticket, remote) => system.forward({ ...ticket, stateName: stateNames[ticket.state] }, remote),
    fetch: (remote) => system.fetch(remote),
  }
}

/** A ticket as it leaves the house: opened on 20 November at 10:20, due on the 25th at 18:00. */
export function aTicket(change: Partial<ForwardedTicket> = {}): ForwardedTicket {
  return {
    id: '20261120-003',
    sequence: 2,
    state: 'dispatched',
    stateName: stateNames[change.state ?? 'dispatched'],
    category: 'facilities',
    categoryName: '公共设施',
    urgency: 'normal',
    title: '11号楼1单元电梯问题',
    text: '11号楼1单元的电梯一停就响，两天了\n老人不敢坐',
    place: '11号楼1单元',
    department: '物业/住建',
    openedAt: Date.parse('2026-11-20T10:20:00+08:00'),
    deadline: Date.parse('2026-11-25T18:00:00+08:00'),
    ...change,
  }
}

/** How tests/redmine/seed-redmine.rb sets a Redmine up. */
export const seeded = {
  project: 'xingfu',
  tracker: '支持',
  customField: '邻里编号',
  statuses: { open: '新建', handling: '进行中', done: '已解决', closed: '已关闭', declined: '已拒绝' },
} as const satisfies Partial<RedmineOptions>
