import { beforeAll, describe, expect, it } from 'vitest'
import { createPlaceExtractor, formatPlace, type PlaceExtractor } from '../../intents/places.ts'
import type { Place } from '../../intents/understanding.ts'
import { shippedRules } from './fixtures.ts'

const places: readonly [text: string, place: Place | undefined][] = [
  ['3号楼二单元五楼的灯坏了', { building: '3', unit: '2', floor: '5' }],
  ['11号楼1单元电梯停了', { building: '11', unit: '1' }],
  ['8-2-301漏水', { building: '8', unit: '2', room: '301' }],
  ['十二栋没水', { building: '12' }],
  ['A座大堂', { building: 'A', landmark: '大堂' }],
  ['5号楼3单元402室', { building: '5', unit: '3', room: '402' }],
  ['中山路88号门口有个坑', { road: '中山路88号' }],
  ['幸福街没有路灯', { road: '幸福街' }],
  ['南门的道闸坏了', { landmark: '南门' }],
  ['小广场上跳舞太吵', { landmark: '小广场' }],
  ['地下车库b2全是水', { landmark: '地下车库B2' }],
  ['幼儿园门口堵死了', { landmark: '幼儿园门口' }],
  ['三單元沒水', { unit: '3' }],
  ['快递柜旁边堆满了', { landmark: '快递柜旁边' }],
  ['3号楼2单元楼道灯坏了', { building: '3', unit: '2', landmark: '楼道' }],
  ['楼道灯坏了', undefined],
  ['走廊堆满了', undefined],
  ['楼梯间有人抽烟', undefined],
  ['电梯里有味', undefined],
  ['家里没水', undefined],
  ['厨房漏水', undefined],
  ['单元门口没灯', undefined],
  ['楼顶漏水', undefined],
  ['楼道口到南门都没灯', { landmark: '南门' }],
  ['2号楼路灯坏了', { building: '2' }],
  ['5号楼路面塌了个坑', { building: '5' }],
  ['3单元路牙石掉了', { unit: '3' }],
  ['7栋路边全是车', { building: '7' }],
  ['小区路面坑坑洼洼', undefined],
  ['门口路障没了', undefined],
  ['回家路上太黑', undefined],
  ['中山路上有个坑', { road: '中山路' }],
  ['中山路路灯不亮', { road: '中山路' }],
  ['建设路口红绿灯坏了', { landmark: '建设路口' }],
  ['街道办没人接电话', undefined],
  ['12号楼4单元负一层', { building: '12', unit: '4', floor: '-1' }],
  ['东区12栋3单元5楼501', { building: '12', unit: '3', floor: '5', room: '501', landmark: '东区' }],
  ['三期18号楼地下车库A区', { building: '18', landmark: '三期地下车库A区' }],
  ['人民路与建设路交叉口红绿灯坏了', { road: '人民路与建设路' }],
  ['五号楼二门301漏水', { building: '5', unit: '2', room: '301' }],
  ['七号楼西单元没电', { building: '7', unit: '西' }],
  ['某县解放路路灯不亮', { road: '解放路' }],
  ['谢谢大家', undefined],
  ['一路平安', undefined],
  ['马路边走走', undefined],
  ['1118-001到哪了', undefined],
  ['B2层车库漏水', { floor: '-2', landmark: '车库' }],
  ['B1层灯坏了', { floor: '-1' }],
  ['B1灯坏了', { floor: '-1' }],
  ['地下二层灯不亮', { floor: '-2' }],
  ['车库-2层漏水', { floor: '-2', landmark: '车库' }],
  ['车库负二层漏水', { floor: '-2', landmark: '车库' }],
  ['5号楼地下1层有积水', { building: '5', floor: '-1' }],
  ['负一楼灯不亮', { floor: '-1' }],
  ['B2栋没水', { building: 'B2' }],
  ['2单元3层楼道灯不亮', { unit: '2', floor: '3', landmark: '楼道' }],
  ['3号楼一层水管漏了', { building: '3', floor: '1' }],
  ['淹了一层楼', undefined],
  ['桌上落了一层灰', undefined],
  ['楼顶加盖了两层', undefined],
  ['@物业 2号楼没水', { building: '2' }],
  ['半夜摩托来回炸街', undefined],
]

describe('extractPlace', () => {
  let extractPlace: PlaceExtractor
  beforeAll(async () => {
    extractPlace = createPlaceExtractor((await shippedRules()).places)
  })

  it.each(places)('finds in %j the place %j', (text, place) => {
    expect(extractPlace(text)).toEqual(place)
  })
})

describe('formatPlace', () => {
  const home: Place = { building: '11', unit: '1', floor: '5', room: '501' }

  it('leaves the room out where others read it', () => {
    expect(formatPlace(home, { withRoom: false })).toBe('11号楼1单元5楼')
  })

  it('names the room to those who may see it', () => {
    expect(formatPlace(home, { withRoom: true })).toBe('11号楼1单元5楼501室')
  })

  it('says a basement as one', () => {
    expect(formatPlace({ building: '3', floor: '-2', landmark: '车库' }, { withRoom: false })).toBe(
      '3号楼负2层车库',
    )
  })

  it('puts the road first and the landmark last', () => {
    expect(formatPlace({ road: '中山路88号', landmark: '南门' }, { withRoom: false })).toBe('中山路88号南门')
  })
})
