import { roomSteps } from './room-numbers.ts'

/**
 * Takes personal data out of text that others will see: replies, prompts to a model, logs. Phones, identity
 * cards, bank cards, number plates and room numbers go; hotlines, ticket numbers, dates and amounts stay.
 * Masking twice changes nothing.
 */
export function maskPersonalData(text: string): string {
  let masked = text
  for (let pass = 0; pass < mostPasses; pass++) {
    const once = maskOnce(masked)
    if (once === masked) break
    masked = once
  }
  return masked
}

/** What was masked can uncover what stood beside it: it is gone through again until nothing changes. */
const mostPasses = 6

function maskOnce(text: string): string {
  let masked = text
  for (const { find, put } of steps) masked = masked.replace(find, put)
  return masked
}

interface Step {
  readonly find: RegExp
  readonly put: (...groups: string[]) => string
}

/** A digit as people write it, half or full width, with what they put between: 138 0013 8000, 138-0013-8000. */
const d = '[0-9０-９]'
const gap = '[\\s\\-－—·.]?'
const notInNumber = '(?<![0-9０-９a-zA-Z])'
const notBeforeNumber = '(?![0-9０-９])'
/** 20261118-001 and 1118-001: numbers of tickets and documents look like landlines and must stay. */
const ticketNumber = '(?:20\\d{2})?(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])-\\d{3}(?!\\d)'
const buildingWord = '(?:号楼|栋|幢|座)'
const count = '[0-9０-９零〇一二两三四五六七八九十]{1,3}'

const century = '(?:[1１][89８９]|[2２][0０])'
const month = '(?:[0０][1-9１-９]|[1１][0-2０-２])'
const dayOfMonth = '(?:[0-2０-２][0-9０-９]|[3３][01０１])'

const numberSteps: readonly Step[] = [
  {
    // Identity card: 18 characters with a date of birth inside, or the old 15.
    find: new RegExp(
      `${notInNumber}[1-9１-９]${d}{5}[\\s-]?${century}${d}{2}[\\s-]?${month}${dayOfMonth}[\\s-]?${d}{3}[0-9０-９xXＸ]${notBeforeNumber}`,
      'gu',
    ),
    put: () => '[证件号]',
  },
  {
    find: /(身份证(?:号码?)?[是为:：\s]{0,3})[0-9][0-9\s]{12,20}[0-9xX]/gu,
    put: (_, before = '') => `${before}[证件号]`,
  },
  {
    // Mobile phones, also with a country code.
    find: new RegExp(
      `(?<![0-9０-９])(?:(?:\\+|00)?86${gap})?[1１][3-9３-９]${d}${gap}${d}{4}${gap}${d}{4}${notBeforeNumber}`,
      'gu',
    ),
    put: () => '[电话]',
  },
  {
    // The same digits in other groups: 13 800 138 000, 138 001 38000.
    find: new RegExp(`(?<![0-9０-９])1${gap}[3-9](?:${gap}${d}){9}${notBeforeNumber}`, 'gu'),
    put: () => '[电话]',
  },
  {
    // Half-hidden phones still name somebody: 138****8000.
    find: /(?<!\d)1[3-9]\d[*xX×＊]{4}\d{4}(?!\d)/gu,
    put: () => '[电话]',
  },
  {
    // Bank cards: 16 to 19 digits, in groups or not. After the phones, so that two phones in a row are no card.
    find: new RegExp(
      `${notInNumber}[3-6９]${d}{3}(?:[\\s-]?${d}{4}){3}(?:[\\s-]?${d}{1,3})?${notBeforeNumber}`,
      'gu',
    ),
    put: () => '[卡号]',
  },
  {
    // Landlines with an area code: 0371-12345678, (010)8888 6666, 021 5555 6666.
    find: new RegExp(
      `(?<![0-9０-９.])[（(]?0(?:10|2\\d|[3-9]\\d{2})[)）]?[\\s\\-－—]?${d}{3,4}[\\s-]?${d}{4}(?:转\\d{1,4})?${notBeforeNumber}`,
      'gu',
    ),
    put: () => '[电话]',
  },
  {
    // Local numbers count only behind a word that says so: 电话 8765432, 座机:66778899.
    find: new RegExp(
      `((?:电话|座机|号码|手机|拨打?|致电|联系方式)[是为:：\\s]{0,3})(?!${ticketNumber})[2-9]\\d{2,3}[\\s-]?\\d{4}(?!\\d)`,
      'gu',
    ),
    put: (_, before = '') => `${before}[电话]`,
  },
  {
    find: /((?:微信号?|vx|v信|qq号?|wx)[是为:：\s]{0,3})[a-z0-9_-]{5,20}/giu,
    put: (_, before = '') => `${before}[账号]`,
  },
  {
    // Name, phone and mail of whoever reported through another system: the whole line, for names follow no pattern.
    find: /(回访联系[：:])[^\n]+/gu,
    put: (_, before = '') => `${before}[联系方式]`,
  },
  {
    // Number plates, ordinary and green, with their dot: 豫A·12345, 沪AD12345.
    find: /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-zＡ-Ｚ][·•.\s-]?(?:[A-Za-z0-9]{5,6})(?![A-Za-z0-9])/gu,
    put: () => '[车牌]',
  },
]

const roomNumberSteps: readonly Step[] = [
  {
    // 8-2-301 or 3号楼-2-301: building and unit stay, the room goes.
    find: /(?<![0-9０-９\-.年月/])([0-9]{1,2})(?:号楼|栋|幢|#)?[-－]([0-9]{1,2})[-－][0-9]{3,4}(?:室|户|号)?(?![0-9\-月日/.])/gu,
    put: (_, building = '', unit = '') => `${Number(building)}号楼${Number(unit)}单元`,
  },
  {
    // 11-1502: a building and a room. 1118-001 and 3-15 are none.
    find: /(?<![0-9０-９\-.年月/])([0-9]{1,2})(?:号楼|栋|幢|#)?[-－][0-9]{3,4}(?:室|户|号)?(?![0-9\-月日元块点/.])/gu,
    put: (_, building = '') => `${Number(building)}号楼`,
  },
  {
    // 3号楼2单元501室, 五栋三单元四零二, 3号楼501: what stands behind building and unit goes with its word; a date stays.
    find: new RegExp(
      `(${count}${buildingWord}|单元|门洞)[\\s,，、的-]{0,2}(?!(?:19|20)[0-9]{2}[-年/.])(?:[0-9]{3,4}|[零〇一二两三四五六七八九]{3,4})(?:室|号房?|房)?(?![0-9元块天年个人户平米]|多|点|度|号楼)`,
      'gu',
    ),
    put: (_, before = '') => before,
  },
  {
    // 五楼501室: the floor may stay.
    find: /(楼|层)[\s,，、的-]{0,2}(?:[0-9]{3,4}|[零〇一二两三四五六七八九]{3,4})(?:室|户|号房?|房)/gu,
    put: (_, before = '') => before,
  },
  {
    // A room alone: 501室. 120户 counts households.
    find: /(?<![0-9.-])[0-9]{3,4}(?:室|号房)/gu,
    put: () => '某室',
  },
  ...roomSteps,
]

const steps: readonly Step[] = [...numberSteps, ...roomNumberSteps]

/** Whether somebody's door is named: 3号楼502, 501室; offices have rooms, too. */
export function namesRoom(text: string): boolean {
  return roomNumberSteps.some(({ find, put }) => text.replace(find, put) !== text)
}
