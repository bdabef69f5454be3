import { describe, expect, test } from 'vitest'
import { noticeStates } from '../../../bot/notices/notice.ts'
import type { NoticeFault } from '../../../bot/notices/refusal.ts'
import { seededRandom } from '../../../bot/replay/seeded-random.ts'
import { faultWords } from '../../../bot/staff/notices/fault-words.ts'
import { inGroups, openChat, worker } from './notices-stage.ts'

/** The compiler names what is missing when there is a new one. */
const faults: { readonly [Kind in NoticeFault['kind']]: readonly (NoticeFault & { readonly kind: Kind })[] } =
  {
    empty: [{ kind: 'empty' }],
    'too-long': [{ kind: 'too-long', length: 5000, longest: 600 }],
    'control-characters': [{ kind: 'control-characters', codes: ['U+0007'] }],
    'private-numbers': [{ kind: 'private-numbers', what: 'bank card', endings: ['1234'] }],
    'unknown-template': [{ kind: 'unknown-template', name: '放假', known: ['停水'] }],
    'missing-fields': [{ kind: 'missing-fields', template: '停水', fields: ['范围'] }],
    'unknown-fields': [{ kind: 'unknown-fields', template: '停水', fields: ['天气'] }],
    'unknown-place': [
      { kind: 'unknown-place', name: '幸富里', alike: ['幸福里社区'] },
      { kind: 'unknown-place', name: '火星', alike: [] },
    ],
    'unknown-group': [
      { kind: 'unknown-group', name: '业住群', alike: ['业主群'] },
      { kind: 'unknown-group', name: '火星', alike: [] },
    ],
    ambiguous: [{ kind: 'ambiguous', name: '3号楼', ids: ['a', 'b'] }],
    'unknown-tag': [
      { kind: 'unknown-tag', name: '家长群', known: ['业主群'] },
      { kind: 'unknown-tag', name: '家长群', known: [] },
    ],
    'no-groups': [{ kind: 'no-groups' }],
    'not-theirs': [{ kind: 'not-theirs', groups: Array.from({ length: 9 }, (_, at) => `第${at}群`) }],
    'in-the-past': [{ kind: 'in-the-past', at: 0 }],
    'ends-before-it-begins': [{ kind: 'ends-before-it-begins', sendAt: 1_000_000, expiresAt: 0 }],
    'too-far': [{ kind: 'too-far', days: 90 }],
    'bad-repeat': [{ kind: 'bad-repeat', cron: 'x' }],
    attachment: (['too-large', 'missing', 'unknown-kind', 'empty'] as const).map((why) => ({
      ...{ kind: 'attachment', why, name: '通知.pdf' },
    })),
    'unknown-notice': [{ kind: 'unknown-notice', notice: 'N99' }],
    'unknown-account': [{ kind: 'unknown-account', account: '二号', known: ['一号'] }],
    state: noticeStates.map((state) => ({ kind: 'state', state })),
    'changed-just-now': [{ kind: 'changed-just-now' }],
    'targets-of-correction': [{ kind: 'targets-of-correction' }],
    'own-approval': [{ kind: 'own-approval' }],
    'nobody-got-it': [{ kind: 'nobody-got-it' }],
    'nothing-unconfirmed': [{ kind: 'nothing-unconfirmed' }],
    'no-reminder': (['asks-none', 'over', 'twice-today', 'nobody-missing'] as const).map((why) => ({
      ...{ kind: 'no-reminder', why },
    })),
  }

describe('every reason why nothing was done', () => {
  test.each(Object.entries(faults))('%s is said in plain words, with what to do', async (_, each) => {
    const { house } = await openChat()
    const context = { number: '12', nameOf: (id: string) => `名${id}`, example: '幸福里社区 业主群' }
    for (const fault of each) {
      const text = faultWords(house, fault as NoticeFault, context)
      expect(text).not.toMatch(/[{}]|undefined|null|NaN|[a-zA-Z]{6,}/u)
      expect(text.length).toBeGreaterThan(8)
      expect([...text].length).toBeLessThan(130)
      expect(text).toMatch(/请|说“|回|可以|有：|您要找|还能|等|另一位|N?12/u)
    }
  })

  test('no two of them are the same, save that a place and a group are looked for alike', async () => {
    const { house } = await openChat()
    const context = { number: '12', nameOf: (id: string) => id, example: '幸福里社区' }
    const texts = Object.values(faults)
      .flat()
      .filter(({ kind }) => kind !== 'unknown-group')
      .map((fault) => faultWords(house, fault as NoticeFault, context))
    expect(new Set(texts).size).toBeGreaterThan(30)
  })
})

describe('whatever staff type', () => {
  test('is answered or left alone; nothing breaks, and without 发送 nothing goes out', async () => {
    const stage = await openChat()
    const random = seededRandom(11)
    const pieces = [
      ...[
        '通知',
        '幸福里社区',
        '业主群',
        '所有群',
        '除',
        '3号楼',
        '本群',
        '明天8点发',
        '每周一8:30发',
        '急',
        '停水',
        '停水模板',
      ],
      ...[
        '改',
        '改时间',
        '改范围',
        '取消',
        '更正',
        '撤回',
        '同意',
        '不同意',
        '暂停',
        '继续',
        '停止',
        '补发',
        '已到',
        '进度',
      ],
      ...[
        '1',
        '2',
        '通知1',
        ' ',
        ' ',
        '：',
        '，',
        '\n',
        '时间：明早',
        '范围：全部',
        '是',
        '火星社区',
        '水'.repeat(700),
        '\u0007',
      ],
    ]
    for (let round = 0; round < 250; round++) {
      const length = 1 + Math.floor(random() * 6)
      const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('')
      if (text.trim() !== '') await stage.say(worker, text, { group: '' })
      await stage.wait(4)
    }
    expect(stage.happenings.filter(({ type }) => type === 'trouble')).toEqual([])
    expect((await stage.all('inbox')).filter(({ state }) => state === 'waiting')).toEqual([])
    expect(inGroups(stage)).toEqual([])
  })
})
