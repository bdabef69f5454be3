import { normalize } from './normalize.ts'
import { toDigits } from './numerals.ts'
import type { Place } from './understanding.ts'

/** Words of rules/places.yaml. */
export interface PlaceRules {
  readonly building: readonly string[]
  readonly unit: readonly string[]
  readonly floor: readonly string[]
  readonly room: readonly string[]
  readonly road: readonly string[]
  readonly 'not-road': readonly string[]
  /** What behind the word for a road makes another word of it: 路灯. */
  readonly 'road-part': readonly string[]
  readonly landmark: readonly string[]
  /** Landmarks that every building has: they say nothing without the building. */
  readonly inside: readonly string[]
}

/** 一层灰, 淹了一层楼: a layer, not a floor; 一层水管 and 三层楼道 are floors. */
const layer = '(?<=层)(?:楼(?![道梯上下口])|[灰土泥霜冰雪膜皮沙纸]|水(?![管表龙压池泵])|油(?!烟))'
/** 负一层, 地下二层, -2层, B1层; B2 alone too, unless it names a house. */
const basement =
  /(?<![\da-z])(?:负|地下|-)([1-9一二两三四])(?!\d)\s?[层楼](?!梯|道)|负([一二三1-3])(?![\d层楼元度分责代])|(?<![\da-z素]|车库|地库)b([1-5])(?:层|(?![\da-z]|\s?(?:栋|座|幢|区|号|单元|#|-)))|(?<=车库|地库)b([1-5])层/u

/** Finds where: as many parts as are said, undefined when none is. */
export type PlaceExtractor = (text: string) => Place | undefined

type Part = keyof Place
type MutablePlace = { -readonly [part in Part]?: string }

const number = '[0-9]{1,3}|[零一二两三四五六七八九十]{1,3}'
/** 8-2-301, 11-1-1502, 3栋-2-301: building, unit, room. Not a date and not a ticket number. */
const dashed =
  /(?<![\d-])(\d{1,2})(?:号楼|栋|幢|#)?[-－](\d{1,2})[-－](\d{3,4})(?![\d-])|(?<![\d-])(\d{1,2})(?:号楼|栋|幢|#)?[-－](\d{3,4})(?![\d-])/u

export function createPlaceExtractor(rules: PlaceRules): PlaceExtractor {
  const buildingWords = anyOf(rules.building)
  const building = new RegExp(`(${number}|[a-z]\\d{0,2})\\s?(?:${buildingWords})`, 'u')
  // 二单元 after its number; "3号楼二门" is how northern houses count units.
  const unit = new RegExp(
    `(${number}|[a-d东中西])\\s?(?:${anyOf(rules.unit)})|(?<=(?:${buildingWords})\\s?)([1-9一二三四五六])门(?![口外前禁])`,
    'u',
  )
  const floor = new RegExp(
    `(?<![\\d号]|[盖淹加多][了上]?)(${number})\\s?(?:${anyOf(rules.floor)})(?!梯|道|上的?人|主|长|盘|市|顶|栋|号|单元|组|${layer})`,
    'u',
  )
  const room = new RegExp(`(?<!\\d)(\\d{3,4})\\s?(?:${anyOf(rules.room)})(?!人|数|居|口)`, 'u')
  const bareRoom = new RegExp(
    `(?:${buildingWords}|单元|${anyOf(rules.floor)}|[1-9一二三四五六]门)[\\s,-]?(\\d{3,4})(?!\\d|[元块天年个人路户])`,
    'u',
  )
  const road = new RegExp(
    `([\\u4e00-\\u9fff]{1,5}?(?:${anyOf(rules.road)}))(?!${anyOf(rules['road-part'])})(?:与|和|跟|交叉)?(?:(${number})号(?!楼|线|院))?`,
    'u',
  )
  // 2号楼路灯, 3单元路面: what stands behind a building or a unit begins no road's name inside their words.
  const numbered = new RegExp(
    `(?:${number}|[a-z]\\d{0,2})\\s?(?:${buildingWords}|${anyOf(rules.unit)})`,
    'gu',
  )
  const notRoad = new RegExp(`(?:${anyOf(rules['not-road'])})$`, 'u')
  const landmark = new RegExp(anyOf(rules.landmark), 'gu')
  const inside = new RegExp(`^(?:${anyOf(rules.inside)})$`, 'u')

  return (text) => {
    const line = normalize(text)
    const place: MutablePlace = {}
    const bare = withoutDashed(line, place)
    take(place, 'building', building.exec(bare))
    take(place, 'unit', unit.exec(bare))
    take(place, 'room', room.exec(bare) ?? bareRoom.exec(bare))
    takeBasement(place, bare)
    takeFloor(place, bare, building, floor)
    takeRoad(place, bare.replace(numbered, ' '), road, notRoad)
    takeLandmark(place, bare, landmark, inside)
    return Object.keys(place).length > 0 ? place : undefined
  }
}

/** 11号楼1单元南门; the room only where the reader may see it. */
export function formatPlace(place: Place, { withRoom }: { readonly withRoom: boolean }): string {
  const { building, unit, floor, room, road, landmark } = place
  return [
    road,
    building && `${building}号楼`.replace(/^([A-Z]\d*)号楼$/, '$1栋'),
    unit && `${unit}单元`,
    floor && `${floor}楼`.replace(/^-(\d+)楼$/, '负$1层'),
    withRoom && room && `${room}室`,
    landmark,
  ]
    .filter(Boolean)
    .join('')
}

function anyOf(words: readonly string[]): string {
  return [...words].sort((left, right) => right.length - left.length).join('|')
}

function take(place: MutablePlace, part: Part, found: RegExpExecArray | null): void {
  const value = found?.[1] ?? found?.[2]
  if (value !== undefined && place[part] === undefined) place[part] = tidy(value)
}

function tidy(value: string): string {
  return toDigits(value).toUpperCase()
}

/** Takes 8-2-301 out of the text, so that its numbers are not read twice. */
function withoutDashed(line: string, place: MutablePlace): string {
  const found = dashed.exec(line)
  if (!found) return line
  const [whole, building, unit, room, onlyBuilding, onlyRoom] = found
  place.building = String(Number(building ?? onlyBuilding))
  if (unit) place.unit = String(Number(unit))
  const said = room ?? onlyRoom
  if (said) place.room = said
  return line.replace(whole, ' ')
}

/** 五楼 is a floor; 5号楼 is not, and neither is 楼 after a building's number: so the building is cut out first. */
function takeFloor(place: MutablePlace, line: string, building: RegExp, floor: RegExp): void {
  const found = floor.exec(line.replace(building, ' '))
  const value = found?.[1]
  if (value === undefined) return
  place.floor ??= tidy(value)
}

/** Before the floors: the 二层 of 地下二层 is none of them. */
function takeBasement(place: MutablePlace, line: string): void {
  const value = basement.exec(line)?.slice(1).find(Boolean)
  if (value !== undefined) place.floor = `-${tidy(value)}`
}

function takeRoad(place: MutablePlace, line: string, road: RegExp, notRoad: RegExp): void {
  let rest = line
  for (let found = road.exec(rest); found; found = road.exec(rest)) {
    const [whole, name = '', house] = found
    const trimmed = name.replace(
      /^.*(?:我们|咱|俺|在|到|从|去|住|的|和|与|是|走|把|过|往|沿|沿着|就|这|那|有|关于|反映|某.{0,2}[县市区镇乡])(?=.{2,}$)/u,
      '',
    )
    if (!notRoad.test(trimmed) && trimmed.length >= 3) {
      const other = crossing.exec(rest.slice(found.index + whole.length - joinOf(whole).length))?.[1]
      place.road = other ? `${trimmed}与${other}` : house ? `${trimmed}${tidy(house)}号` : trimmed
      return
    }
    rest = rest.slice(found.index + whole.length)
  }
}

/** 人民路与建设路: where two roads meet. */
const crossing = /^(?:与|和|跟)([\u4e00-\u9fff]{1,5}?(?:大道|大街|路|街|巷))(?=交叉|路?口|的?红绿灯)/u

function joinOf(whole: string): string {
  return /(?:与|和|跟)$/u.exec(whole)?.[0] ?? ''
}

/** 三期, 东区: a part of the estate, which a second landmark makes more exact. */
const part = /^(?:[一二三四五六]期|[a-d东西南北]区)$/u
/** What the floor says already, at the end of 车库负二层 or as a mark of its own. */
const below = /(?:负[一二三123]层?|b\d层?)$/u

/** 3号楼2单元楼道 is a place; 楼道 alone is none, for the bot must then ask which building. */
function takeLandmark(place: MutablePlace, line: string, landmark: RegExp, inside: RegExp): void {
  // 中山路88号门口 names no gate number 8.
  const marks =
    line
      .replace(/([路街道巷弄])\d+号/u, '$1 ')
      .match(landmark)
      ?.map((mark) => (place.floor ? mark.replace(below, '') : mark))
      .filter((mark) => mark !== '') ?? []
  const named = exactest(marks.filter((mark) => !inside.test(mark)))
  const known = place.building !== undefined || place.unit !== undefined || place.road !== undefined
  const mark = named ?? (known ? marks[0] : undefined)
  if (mark === undefined) return
  place.landmark = mark.replace(/b(\d)/, 'B$1').replace(/([a-d])(?=区)/, (letter) => letter.toUpperCase())
}

function exactest(marks: readonly string[]): string | undefined {
  const [first, second] = marks
  return first && second && part.test(first) && !part.test(second) ? `${first}${second}` : first
}
