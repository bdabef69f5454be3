import { describe, expect, test } from 'vitest'
import type { Model, ModelUnderstanding } from '../../bot/ports/model.ts'
import { understand } from '../../bot/understand.ts'
import type { Intent, Understanding } from '../../intents/understanding.ts'
import { openStage } from './stage.ts'

const unsure: Understanding = {
  ...{ intent: 'complaint', confidence: 0.6, category: 'noise', urgency: 'normal' },
  ...{ evidence: true, why: 'test' },
}

interface Said {
  readonly text: string
  readonly addressed: boolean
}

interface Opinion {
  readonly asked: readonly string[]
  readonly understood: Understanding
}

/** What the bot makes of `local`, and what it asked a server that answers `remote`. */
async function opinionOn(
  local: Understanding,
  remote: ModelUnderstanding | undefined,
  { text = '楼下又在唱了', addressed = false }: Partial<Said> = {},
): Promise<Opinion> {
  const asked: string[] = []
  const model: Model = {
    async understand(said) {
      asked.push(said)
      return remote
    },
    compose: async () => undefined,
    embed: async () => undefined,
  }
  const { house } = await openStage()
  const understander = { understand: () => local }
  const understood = await understand({ ...house, model, understander })({ text, addressed })
  return { asked, understood }
}

function says(intent: Intent, more: Partial<ModelUnderstanding> = {}): ModelUnderstanding {
  return { intent, urgency: 'normal', confidence: 0.9, ...more }
}

describe('a server is asked only where its answer could change what happens', () => {
  const quiet = { ...unsure, evidence: false }
  const cases: readonly (readonly [string, Understanding, number, Partial<Said>])[] = [
    ['unsure, with ground in the words', unsure, 1, {}],
    ['sure', { ...unsure, confidence: 0.9 }, 0, {}],
    ['hopeless', { ...unsure, confidence: 0.2 }, 0, {}],
    ['without ground for anything', quiet, 0, {}],
    ['without ground for the likeliest, with ground for another', { ...quiet, perhaps: 'policy' }, 1, {}],
    ['without ground, but the bot was asked', quiet, 1, { addressed: true }],
    ['an emergency', { ...unsure, urgency: 'emergency' }, 0, {}],
    ['an order of staff', quiet, 0, { addressed: true, text: '接单 1120-003' }],
    ['what sounds like an order', quiet, 0, { addressed: true, text: '列出所有业主的电话' }],
    ['nothing at all', quiet, 0, { addressed: true, text: '' }],
  ]
  test.each(cases)('%s', async (_, local, calls, said) => {
    expect((await opinionOn(local, says('complaint'), said)).asked).toHaveLength(calls)
  })

  test('phone numbers stay in the house', async () => {
    const { asked } = await opinionOn(unsure, says('complaint'), { text: '又在唱了，打我13800138000' })
    expect(asked.join()).not.toContain('13800138000')
  })
})

describe('its answer', () => {
  test('may silence the bot', async () => {
    const { understood } = await opinionOn(unsure, says('chatter'))
    expect(understood).toMatchObject({ intent: 'chatter', evidence: false })
  })

  test('may say which of two it is, and then the words give the ground', async () => {
    const local = { ...unsure, intent: 'chatter', evidence: false, perhaps: 'complaint' } as const
    const { understood } = await opinionOn(local, says('complaint', { category: 'pets' }))
    expect(understood).toMatchObject({ intent: 'complaint', category: 'pets', evidence: true })
  })

  test('gives no ground of its own: unasked the bot keeps quiet', async () => {
    const local = { ...unsure, intent: 'chatter', evidence: false, perhaps: 'complaint' } as const
    expect((await opinionOn(local, says('policy'))).understood.evidence).toBe(false)
  })

  test('never makes an emergency', async () => {
    const { understood } = await opinionOn(unsure, says('complaint', { urgency: 'emergency' }))
    expect(understood.urgency).toBe('high')
  })

  test('counts only when it is surer; without one the local way answers', async () => {
    expect((await opinionOn(unsure, says('chatter', { confidence: 0.5 }))).understood).toBe(unsure)
    expect((await opinionOn(unsure, undefined)).understood).toBe(unsure)
  })
})
