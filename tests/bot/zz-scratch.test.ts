import { test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openStage } from './stage.ts'
test('x', async () => {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker'); await stage.hire('网格长老钱', 'grid_leader')
  await stage.hear('石女士', '3号楼2单元电梯坏了')
  await stage.hear('网格员小赵', '接单 1118-001', { group: '' })
  await execute(stage.house, { kind: 'operator' }, 'r1', { type: 'roster.remove', person: 'p-网格员小赵' })
  await stage.hear('石女士', '@小邻 1118-001怎么还没人来，催一下')
  await stage.runUntil(stage.clock.now + 6 * 86400_000)
  for (const s of stage.sent) console.log(new Date(s.at + 8*3600e3).toISOString().slice(5,16), JSON.stringify(s.to), s.text.slice(0, 90))
  console.log(stage.eventTypes.join(' '))
})
