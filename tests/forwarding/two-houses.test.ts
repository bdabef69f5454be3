import { expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openHttpStage } from '../http/http-stage.ts'
import { deliveryTo, openForwardingStage } from './forwarding-stage.ts'

test('one community forwards to another over Open311, and hears when the work is done there', async () => {
  const there = await openHttpStage()
  const key = await there.key('huaiyin', 'open311')
  const city = {
    ...{ kind: 'open311', endpoint: `${there.url}/open311/v2`, keyEnv: 'LINLI_SECRET_OPEN311' },
    ...{ services: { facilities: 'facilities' }, address: '幸福街道槐荫社区', source: '槐荫社区' },
  }
  const here = await openForwardingStage(
    { systems: { city }, rules: [{ category: 'facilities', to: ['city'] }] },
    { secrets: { LINLI_SECRET_OPEN311: key } },
  )
  await here.hear('石女士', '3号楼2单元501室电梯坏了')
  await there.stage.wait(60)
  const [theirs] = await there.stage.all('tickets')
  expect(theirs).toMatchObject({ category: 'facilities', reporter: 'system/huaiyin' })
  expect(theirs?.text).toContain('[槐荫社区 20261118-001]')
  expect(JSON.stringify(theirs)).not.toContain('501')
  expect(await deliveryTo(here)).toMatchObject({ state: 'settled', remoteId: theirs?.id })

  await execute(there.stage.house, { kind: 'operator' }, 'd1', {
    ...{ type: 'ticket.done', ticket: theirs?.id, note: '门机已更换', photos: [] },
  })
  await here.wait(1_200)
  expect((await here.all('tickets'))[0]).toMatchObject({ state: 'done' })
  expect(here.events.at(-1)).toMatchObject({ type: 'done', by: 'system/city' })
})
