import { describe, expect, test } from 'vitest'
import { openStage } from './stage.ts'

describe('somebody who is being electrocuted', () => {
  test.each(['电线掉水里了 有人被电了', '3号楼有人触电了', '高压线掉下来了 就在校门口'])(
    'is not to be touched before the current is off: %s',
    async (text) => {
      const stage = await openStage({ start: '2026-11-18 10:00' })
      await stage.say('石女士', text)
      const [answer = ''] = stage.saidTo()
      expect(answer).toMatch(/别用手碰人.*断电.*120.*离远/u)
      expect(answer).not.toContain('别下水')
      expect(stage.events[0]).toMatchObject({ type: 'opened', category: 'safety', urgency: 'emergency' })
    },
  )

  test.each(['@小邻 好像着火了', '5号楼冒烟了，是不是着火了'])(
    'and somebody who only thinks that it burns is answered as well: %s',
    async (text) => {
      const stage = await openStage({ start: '2026-11-18 10:00' })
      await stage.say('石女士', text)
      expect(stage.saidTo()[0]).toContain('119')
      expect(stage.events[0]).toMatchObject({ urgency: 'emergency' })
    },
  )
})
