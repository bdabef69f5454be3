import type { RedmineOptions } from '../../adapters/ticketing/redmine/options.ts'
import type { ForwardedTicket } from '../../bot/ports/ticket-system.ts'

/** A ticket as it leaves the house: opened on 20 November at 10:20, due on the 25th at 18:00. */
export function aTicket(change: Partial<ForwardedTicket> = {}): ForwardedTicket {
  return {
    id: '20261120-003',
    sequence: 2,
    state: 'dispatched',
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
