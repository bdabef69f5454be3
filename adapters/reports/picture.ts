import { createCanvas } from '@napi-rs/canvas'
import type { PicturePage } from '../../bot/reports/picture-page.ts'
import { chineseFamily } from './fonts.ts'
import { createPen, type Pen } from './pen.ts'

/** Draws a report for the screen of a phone: as wide as a phone shows without turning it, as high as it needs. */

const width = 1080
const margin = 48
const inner = width - 2 * margin
const tallest = 6_000
const ink = '#1f2933'
const grey = '#6b7785'
const pale = '#eef2f6'
const paper = '#ffffff'
const brand = '#1f5fa8'
const lightColours = { blue: '#2f7dd1', yellow: '#f0b429', red: '#d64545' } as const
const podium = ['#d9a106', '#8d99a6', '#b0713a'] as const

/** PNG. */
export async function drawReport(page: PicturePage): Promise<Uint8Array> {
  const family = await chineseFamily()
  // once to see how high it becomes, once for good
  const height = Math.min(tallest, draw(createPen(createCanvas(width, 10).getContext('2d'), family), page))
  const canvas = createCanvas(width, height)
  const pen = createPen(canvas.getContext('2d'), family)
  pen.box({ x: 0, y: 0, width, height, colour: paper })
  draw(pen, page)
  return canvas.encode('png')
}

/** @returns the height */
function draw(pen: Pen, page: PicturePage): number {
  let y = head(pen, page)
  y = tiles(pen, page, y + 36)
  y = lights(pen, page, y + 44)
  y = title(pen, '四项比率', y + 52)
  for (const rate of page.rates) y = rateBar(pen, rate, y)
  for (const { title: words, bars, note } of page.sections) {
    y = title(pen, words, y + 44)
    for (const bar of bars) y = plainBar(pen, bar, y)
    if (note) y += pen.paragraph(note, { x: margin, y: y + 24, size: 24, colour: grey, width: inner }) + 12
  }
  return foot(pen, page, y + 40)
}

function head(pen: Pen, { title: words, period }: PicturePage): number {
  pen.box({ x: 0, y: 0, width, height: 190, colour: brand })
  pen.text(words, { x: margin, y: 80, size: 58, weight: 700, colour: paper, most: inner })
  pen.text(period, { x: margin, y: 144, size: 32, colour: '#dbe8f6', most: inner })
  return 190
}

function tiles(pen: Pen, { tiles: all }: PicturePage, y: number): number {
  const gap = 20
  const each = (inner - gap * (all.length - 1)) / all.length
  all.forEach(({ label, value, note }, at) => {
    const x = margin + at * (each + gap)
    const middle = x + each / 2
    pen.box({ x, y, width: each, height: 190, colour: pale, radius: 16 })
    pen.text(label, { x: middle, y: y + 38, size: 30, colour: grey, align: 'center' })
    pen.text(value, {
      x: middle,
      y: y + 100,
      size: 68,
      weight: 700,
      colour: ink,
      align: 'center',
      most: each - 16,
    })
    const size = pen.width(note, { size: 24 }) > each - 16 ? 19 : 24
    pen.text(note, { x: middle, y: y + 160, size, colour: grey, align: 'center', most: each - 12 })
  })
  return y + 190
}

function lights(pen: Pen, { lights: { label, parts } }: PicturePage, y: number): number {
  pen.text(label, { x: margin, y: y + 16, size: 30, weight: 600, colour: ink })
  const sum = parts.reduce((total, { count }) => total + count, 0)
  pen.box({ x: margin, y: y + 48, width: inner, height: 36, colour: pale, radius: 8 })
  let x = margin
  for (const { colour, count } of parts) {
    const part = sum === 0 ? 0 : (inner * count) / sum
    if (part > 0) pen.box({ x, y: y + 48, width: part, height: 36, colour: lightColours[colour], radius: 8 })
    x += part
  }
  x = margin
  for (const { colour, label: name, count } of parts) {
    pen.box({ x, y: y + 106, width: 24, height: 24, colour: lightColours[colour], radius: 12 })
    const words = `${name} ${count}`
    pen.text(words, { x: x + 36, y: y + 119, size: 28, colour: ink })
    x += 36 + pen.width(words, { size: 28 }) + 52
  }
  return y + 140
}

function title(pen: Pen, words: string, y: number): number {
  pen.box({ x: margin, y: y - 18, width: 8, height: 36, colour: brand, radius: 4 })
  pen.text(words, { x: margin + 24, y, size: 34, weight: 700, colour: ink })
  return y + 38
}

type Bar = PicturePage['rates'][number]

function rateBar(pen: Pen, { label, value, share, note = '' }: Bar, y: number): number {
  pen.text(label, { x: margin, y: y + 24, size: 30, colour: ink })
  pen.text(value, { x: width - margin, y: y + 24, size: 34, weight: 700, colour: ink, align: 'right' })
  track(pen, { x: margin + 190, y: y + 13, width: inner - 190 - 150, height: 22 }, share, brand)
  pen.text(note, { x: margin, y: y + 66, size: 24, colour: grey, most: inner })
  return y + 98
}

function plainBar(pen: Pen, { label, value, share, note, rank }: Bar, y: number): number {
  const x = margin + (rank === undefined ? 0 : 56)
  if (rank !== undefined) {
    pen.box({ x: margin, y: y + 4, width: 40, height: 40, colour: podium[rank - 1] ?? pale, radius: 20 })
    const colour = podium[rank - 1] ? paper : grey
    pen.text(String(rank), { x: margin + 20, y: y + 25, size: 24, weight: 700, colour, align: 'center' })
  }
  const most = width - margin - 190 - (margin + 420)
  pen.text(label, { x, y: y + 25, size: 30, colour: ink, most: margin + 400 - x })
  pen.text(value, { x: width - margin, y: y + 25, size: 30, weight: 600, colour: ink, align: 'right' })
  if (share !== undefined)
    track(pen, { x: margin + 420, y: y + 14, width: most, height: 22 }, share, '#5b93cf')
  if (note) pen.text(note, { x, y: y + 62, size: 24, colour: grey, most: inner })
  return y + (note ? 90 : 56)
}

interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function track(pen: Pen, frame: Frame, share: number | undefined, colour: string): void {
  const radius = frame.height / 2
  pen.box({ ...frame, colour: pale, radius })
  if (share !== undefined && share > 0)
    pen.box({ ...frame, width: Math.max(frame.height, frame.width * Math.min(1, share)), colour, radius })
}

function foot(pen: Pen, { foot: lines }: PicturePage, y: number): number {
  pen.box({ x: margin, y, width: inner, height: 2, colour: pale })
  let below = y + 44
  for (const line of lines)
    below += pen.paragraph(line, { x: margin, y: below, size: 26, colour: grey, width: inner })
  return Math.ceil(below + 20)
}
