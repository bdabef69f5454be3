import { describe, expect, it } from 'vitest'
import { parseCorpus } from '../../intents/corpus.ts'
import { shippedCorpus } from './fixtures.ts'

describe('parseCorpus', () => {
  it('takes the header at the top, and later lines with # as messages', () => {
    const content = '# topic: 噪音\n# category: noise\n# urgency: high\n太吵了\\n睡不着\n#接龙\n@小邻 管管\n'
    expect(parseCorpus([{ path: 'complaint/noise.txt', content }])).toEqual([
      {
        text: '太吵了\n睡不着',
        intent: 'complaint',
        category: 'noise',
        urgency: 'high',
        source: 'complaint/noise.txt:4',
      },
      {
        text: '#接龙',
        intent: 'complaint',
        category: 'noise',
        urgency: 'high',
        source: 'complaint/noise.txt:5',
      },
      {
        text: '管管',
        intent: 'complaint',
        category: 'noise',
        urgency: 'high',
        source: 'complaint/noise.txt:6',
      },
    ])
  })

  it.each([
    ['gossip/a.txt', '你好', 'gossip/a.txt: expected a folder named'],
    ['complaint/a.txt', '# category: noises\n吵', 'complaint/a.txt:1: category is one of'],
    ['complaint/a.txt', '吵', 'complaint/a.txt:1: expected "# category:'],
  ])('names file and line when %s holds %j', (path, content, message) => {
    expect(() => parseCorpus([{ path, content }])).toThrow(message)
  })

  it.each([
    ['complaint/letter-noise.txt', 'letter'],
    ['chatter/far-headlines-town.txt', 'headline'],
    ['chatter/near-emergency-far-headlines-town.txt', 'headline'],
    ['chatter/far-reviews-hotels.txt', 'review'],
    ['chatter/far-apps-games.txt', 'description'],
    ['chatter/reviews-of-the-lift.txt', undefined],
  ])('reads from the name %s in whose voice its lines are written: %s', (path, register) => {
    const content = '# category: noise\n夜里太吵'
    expect(parseCorpus([{ path, content }])[0]?.register).toBe(register)
  })

  it('reads the shipped corpus, and no message has two intents', async () => {
    const examples = await shippedCorpus()
    expect(examples.length).toBeGreaterThan(15_000)
    const intentOf = new Map<string, string>()
    const twice: string[] = []
    for (const { text, intent, source } of examples) {
      const known = intentOf.get(text)
      if (known !== undefined && known !== intent) twice.push(`${source}: ${text} is also ${known}`)
      intentOf.set(text, intent)
    }
    expect(twice).toEqual([])
  })
})
