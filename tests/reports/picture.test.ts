import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { chineseFamily } from '../../adapters/reports/fonts.ts'
import { createPen } from '../../adapters/reports/pen.ts'
import { drawReport } from '../../adapters/reports/picture.ts'
import { picturePageOf } from '../../bot/reports/picture-page.ts'
import { invented } from './invented-report.ts'

/** What one character looks like, as the darkness of each point. */
async function glyph(letter: string, weight = 400): Promise<Uint8ClampedArray> {
  const canvas = createCanvas(80, 80)
  const context = canvas.getContext('2d')
  const pen = createPen(context, await chineseFamily())
  pen.box({ x: 0, y: 0, width: 80, height: 80, colour: '#ffffff' })
  pen.text(letter, { x: 40, y: 40, size: 60, weight, colour: '#000000', align: 'center' })
  return context.getImageData(0, 0, 80, 80).data.filter((_, at) => at % 4 === 0)
}

const ink = (points: Uint8ClampedArray) => points.reduce((sum, point) => sum + 255 - point, 0)

describe('the font that travels with the house', () => {
  test('draws every character as itself: none is blank, no two look alike', async () => {
    const letters = [
      ...'槐荫社区周报月日办结率销号按时响应解决满意网格热点逾期灯蓝黄红龘嫑0123456789%÷＝（）',
    ]
    const drawn = await Promise.all(letters.map((letter) => glyph(letter)))
    const pictures = drawn.map((points) => Buffer.from(points).toString('base64'))
    for (const [at, points] of drawn.entries()) expect(ink(points), letters[at]).toBeGreaterThan(5_000)
    expect(new Set(pictures).size).toBe(letters.length)
  })

  test('is really bold where it is bold', async () => {
    expect(ink(await glyph('国', 700))).toBeGreaterThan(1.2 * ink(await glyph('国', 400)))
  })
})

describe('the picture of a report', () => {
  test('is a PNG as wide as a phone, with words all over it', async () => {
    const png = await drawReport(picturePageOf(invented()))
    expect(Buffer.from(png.subarray(0, 8)).toString('hex')).toBe('89504e470d0a1a0a')
    const image = await loadImage(Buffer.from(png))
    expect(image.width).toBe(1080)
    expect(image.height).toBeGreaterThan(1_500)
    const context = createCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    const bands = Math.floor(image.height / 200)
    for (let band = 0; band < bands; band++) {
      const colours = new Set(new Uint32Array(context.getImageData(0, band * 200, 1080, 200).data.buffer))
      expect(colours.size, `band ${band}`).toBeGreaterThan(10)
    }
    expect(png.length).toBeLessThan(1_000_000)
  })

  test('changes with one character of its title', async () => {
    const page = picturePageOf(invented())
    const [one, same, other] = await Promise.all(
      ['槐荫社区周报', '槐荫社区周报', '桃荫社区周报'].map((title) => drawReport({ ...page, title })),
    )
    expect(Buffer.compare(one as Uint8Array, same as Uint8Array)).toBe(0)
    expect(Buffer.compare(one as Uint8Array, other as Uint8Array)).not.toBe(0)
  })

  test('stays readable with two hundred grids and names without end', async () => {
    const [grid] = invented().grids
    if (!grid) throw new Error('the invented report has grids')
    const grids = Array.from({ length: 200 }, (_, at) => ({
      ...grid,
      of: { ...grid.of, name: `很长的名字${at}`.repeat(20) },
    }))
    const image = await loadImage(Buffer.from(await drawReport(picturePageOf({ ...invented(), grids }))))
    expect(image.height).toBeLessThan(4_000)
  })
})
