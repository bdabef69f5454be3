import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import type { Targets } from '../../../bot/notices/notice.ts'
import { assertTheirs, groupsOf, targetWords } from '../../../bot/notices/writing/targets.ts'
import type { Store } from '../../../bot/ports/store.ts'
import { startReading } from '../../../bot/reading.ts'
import { schema } from '../../../bot/schema.ts'
import { faultOf, none, putGroups, putPlaces, smallDistrict } from './small-district.ts'

let store: Store
beforeEach(() => {
  store = openMemoryStore(schema)
})

async function reached(targets: Targets): Promise<readonly string[]> {
  const groups = await groupsOf(startReading(store), targets)
  return groups.map(({ id }) => id).sort()
}

describe('which groups are meant', () => {
  beforeEach(() => smallDistrict(store))

  it.each<[string, Targets, readonly string[]]>([
    ['a place: itself and everything below', { ...none, places: ['c1'] }, ['g1', 'g2', 'g3', 'g4']],
    ['a building: its own group alone', { ...none, places: ['c1-1'] }, ['g2']],
    ['a tag: wherever it is', { ...none, tags: ['业主群'] }, ['g1', 'g2', 'g3', 'g5']],
    ['a place and a tag: both', { ...none, places: ['c1'], tags: ['业主群'] }, ['g1', 'g2', 'g3']],
    [
      'several places, several tags: any of each',
      { ...none, places: ['c1-1', 'c2'], tags: ['业主群', '商户群'] },
      ['g2', 'g5'],
    ],
    [
      'without a building',
      { ...none, places: ['c1'], except: { ...none, places: ['c1-3'] } },
      ['g1', 'g2', 'g4'],
    ],
    ['without a tag', { ...none, places: ['c1'], except: { ...none, tags: ['商户群'] } }, ['g1', 'g2', 'g3']],
    ['without a group', { ...none, places: ['c1'], except: { ...none, groups: ['g1'] } }, ['g2', 'g3', 'g4']],
    ['a group besides a place', { ...none, places: ['c2'], groups: ['g7'] }, ['g5', 'g7']],
    ['groups alone', { ...none, groups: ['g7', 'g1', 'g1'] }, ['g1', 'g7']],
    [
      'what is left out is left out, also when it is named',
      { ...none, groups: ['g1'], except: { ...none, groups: ['g1'] } },
      [],
    ],
    [
      'everywhere: all but those of staff',
      { ...none, everywhere: true },
      ['g1', 'g2', 'g3', 'g4', 'g5', 'g7'],
    ],
    ['everywhere, with a place: the place', { ...none, everywhere: true, places: ['c2'] }, ['g5']],
    ['groups of staff, by their tag', { ...none, tags: ['网格员群'] }, ['g6', 'g8']],
    ['a group of staff, by its name', { ...none, groups: ['g6'] }, ['g6']],
    [
      'owners and staff of a place',
      { ...none, places: ['c1'], tags: ['业主群', '网格员群'] },
      ['g1', 'g2', 'g3', 'g8'],
    ],
    ['a group that is gone', { ...none, groups: ['gone'] }, []],
    ['nothing', none, []],
  ])('%s', async (_, targets, ids) => {
    expect(await reached(targets)).toEqual(ids)
  })

  it('by name, numbers in their order', async () => {
    const groups = await groupsOf(startReading(store), { ...none, places: ['c1'], tags: ['业主群'] })
    expect(groups.map(({ name }) => name)).toEqual(['幸福里1号楼群', '幸福里3号楼群', '幸福里业主群'])
  })

  it('a ring of places hangs nobody', async () => {
    await putPlaces(store, ['r1', '甲', 'grid', 'r2'], ['r2', '乙', 'grid', 'r1'])
    await putGroups(store, ['gr', '环', ['r1'], []])
    expect(await reached({ ...none, places: ['r2'] })).toEqual(['gr'])
  })
})

describe('to whom it goes, in words', () => {
  beforeEach(() => smallDistrict(store))

  it.each<[Targets, string]>([
    [{ ...none, places: ['c1'], tags: ['业主群'] }, '幸福里社区·业主群'],
    [
      { ...none, places: ['c1'], tags: ['业主群'], except: { ...none, places: ['c1-3'] } },
      '幸福里社区·业主群，除3号楼',
    ],
    [{ ...none, places: ['c1-1'] }, '幸福里社区1号楼'],
    [{ ...none, tags: ['业主群', '商户群'] }, '全部业主群、商户群'],
    [{ ...none, everywhere: true }, '全部群，除网格员群'],
    [{ ...none, everywhere: true, except: { ...none, tags: ['商户群'] } }, '全部群，除网格员群、商户群'],
    [{ ...none, groups: ['g7'] }, '太极拳队'],
    [{ ...none, places: ['c2'], groups: ['g7'] }, '和平社区，加上太极拳队'],
    [
      { ...none, groups: ['g1', 'g2', 'g3', 'g4', 'g5'] },
      '幸福里业主群、幸福里1号楼群、幸福里3号楼群等5个群',
    ],
  ])('%j', async (targets, words) => {
    expect(await targetWords(startReading(store), targets)).toBe(words)
  })
})

describe('whoever answers for a place writes to the groups in it', () => {
  beforeEach(() => smallDistrict(store))

  async function mayWrite(places: readonly string[], ids: readonly string[]): Promise<unknown> {
    const reading = startReading(store)
    const groups = await groupsOf(reading, { ...none, groups: ids })
    return faultOf(assertTheirs(reading, { places }, groups))
  }

  it('to their own and everything below', async () => {
    expect(await mayWrite(['c1'], ['g1', 'g2', 'g3', 'g4', 'g8'])).toBeUndefined()
  })

  it('not above, not beside, not to groups without a place', async () => {
    expect(await mayWrite(['c1'], ['g1', 'g6'])).toEqual({ kind: 'not-theirs', groups: ['街道网格员群'] })
    expect(await mayWrite(['c1-1'], ['g1'])).toMatchObject({ kind: 'not-theirs' })
    expect(await mayWrite(['c2'], ['g1'])).toMatchObject({ kind: 'not-theirs' })
    expect(await mayWrite(['c1'], ['g7'])).toMatchObject({ kind: 'not-theirs' })
  })

  it('who is bound to no place writes to all', async () => {
    expect(await mayWrite([], ['g1', 'g5', 'g6', 'g7'])).toBeUndefined()
  })
})
