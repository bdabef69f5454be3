import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import { readTargets } from '../../../bot/notices/writing/targets.ts'
import type { Store } from '../../../bot/ports/store.ts'
import { startReading } from '../../../bot/reading.ts'
import { schema } from '../../../bot/schema.ts'
import { faultOf, none, putGroups, smallDistrict } from './small-district.ts'

let store: Store
beforeEach(() => {
  store = openMemoryStore(schema)
})

describe('names are read as places, tags and groups', () => {
  beforeEach(() => smallDistrict(store))

  const named = (more: Partial<typeof none & { everywhere: boolean }>) =>
    readTargets(startReading(store), { ...none, ...more })

  it.each([
    [{ places: ['幸福里社区'] }, { ...none, places: ['c1'] }],
    [{ places: ['幸福里'] }, { ...none, places: ['c1'] }],
    [{ places: ['c1'] }, { ...none, places: ['c1'] }],
    [{ places: ['幸福里社区1号楼'] }, { ...none, places: ['c1-1'] }],
    [{ places: ['梧桐街道和平社区1号楼'] }, { ...none, places: ['c2-1'] }],
    [{ places: ['和平社区／１号楼'] }, { ...none, places: ['c2-1'] }],
    [{ places: ['3号楼'] }, { ...none, places: ['c1-3'] }],
    [
      { places: ['幸福里', '幸福里社区'], tags: ['业主', '业主群'] },
      { ...none, places: ['c1'], tags: ['业主群'] },
    ],
    [{ groups: ['太极拳队', 'g1'] }, { ...none, groups: ['g7', 'g1'] }],
    [{ everywhere: true }, { ...none, everywhere: true }],
  ])('%j', async (names, targets) => {
    expect(await named(names)).toEqual(targets)
  })

  it('what is left out is read in the same way', async () => {
    const targets = await readTargets(startReading(store), {
      ...{ ...none, places: ['幸福里社区'] },
      except: { ...none, places: ['幸福里社区3号楼'], groups: ['幸福里商户群'] },
    })
    expect(targets.except).toEqual({ ...none, places: ['c1-3'], groups: ['g4'] })
  })

  it('an unknown name offers those that it may mean', async () => {
    expect(await faultOf(named({ places: ['幸福社区'] }))).toEqual({
      ...{ kind: 'unknown-place', name: '幸福社区', alike: ['幸福里社区'] },
    })
    expect(await faultOf(named({ places: ['火车站'] }))).toMatchObject({ kind: 'unknown-place', alike: [] })
    expect(await faultOf(named({ groups: ['幸福里业主'] }))).toMatchObject({
      ...{ kind: 'unknown-group', alike: expect.arrayContaining(['幸福里业主群']) },
    })
    expect(await faultOf(named({ tags: ['团购群'] }))).toEqual({
      ...{ kind: 'unknown-tag', name: '团购群', known: ['业主群', '商户群', '网格员群'] },
    })
  })

  it('a name that several have is not guessed', async () => {
    expect(await faultOf(named({ places: ['1号楼'] }))).toEqual({
      ...{ kind: 'ambiguous', name: '1号楼', ids: ['c1-1', 'c2-1'] },
    })
    await putGroups(store, ['g9', '太极拳队', [], []])
    expect(await faultOf(named({ groups: ['太极拳队'] }))).toMatchObject({
      kind: 'ambiguous',
      ids: ['g7', 'g9'],
    })
  })

  it('nobody is named: nothing is sent to all by mistake', async () => {
    expect(await faultOf(named({}))).toEqual({ kind: 'no-groups' })
  })
})
