import { describe, expect, test } from 'vitest'
import { createPlaceTree } from '../../bot/reports/place-tree.ts'

const tree = createPlaceTree(
  [
    { id: 's', name: '幸福街道', kind: 'street', parent: null },
    { id: 'c', name: '槐荫社区', kind: 'community', parent: 's' },
    { id: 'g1', name: '第1网格', kind: 'grid', parent: 'c' },
    { id: 'g2', name: '第2网格', kind: 'grid', parent: 'c' },
    { id: 'g10', name: '第10网格', kind: 'grid', parent: 'c' },
    { id: 'b11', name: '11号楼', kind: 'building', parent: 'g1' },
    { id: 'b12', name: '12栋', kind: 'building', parent: 'g2' },
    { id: 'elsewhere', name: '12号楼', kind: 'building', parent: null },
    { id: 'ring1', name: '圈一', kind: 'community', parent: 'ring2' },
    { id: 'ring2', name: '圈二', kind: 'community', parent: 'ring1' },
  ],
  [
    { id: 'one', places: ['g1'] },
    { id: 'nested', places: ['c', 'g2'] },
    { id: 'two', places: ['g1', 'g2'] },
    { id: 'strangers', places: ['g1', 'elsewhere'] },
    { id: 'gone', places: ['torn-down'] },
    { id: 'ring', places: ['ring1'] },
  ],
)
const home = (group: string | null, building?: string) =>
  tree.homeOf({ group, place: building === undefined ? null : { building } }).map(({ id }) => id)

describe('where a ticket belongs', () => {
  test('to the lowest place of its group, and to everything above it', () => {
    expect(home('one')).toEqual(['g1', 'c', 's'])
    expect(home('nested')).toEqual(['g2', 'c', 's'])
  })

  test('of several grids to the one that has its building, else to what they have in common', () => {
    expect(home('two', '11')).toEqual(['b11', 'g1', 'c', 's'])
    expect(home('two', '12')).toEqual(['b12', 'g2', 'c', 's'])
    expect(home('two', '99')).toEqual(['c', 's'])
    expect(home('two')).toEqual(['c', 's'])
  })

  test('to no place when nobody can know', () => {
    for (const group of [null, 'strangers', 'gone', 'unknown']) expect(home(group)).toEqual([])
  })

  test('and places that hold each other hang nobody', () => {
    expect(home('ring')).toEqual(['ring1', 'ring2'])
  })
})

test('grids are listed as people count them', () => {
  expect(tree.below('c', 'grid').map(({ name }) => name)).toEqual(['第1网格', '第2网格', '第10网格'])
})
