import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GlobalFonts } from '@napi-rs/canvas'
import { z } from 'zod'

/**
 * The Chinese font that travels with the house: machines without any Chinese font draw boxes. The package has it in a
 * hundred slices by characters, as web pages load it; together they are one font, named one after the other.
 */
let loading: Promise<string> | undefined

/** For a CSS font: `400 30px ${family}`. Read once: 5 MB. */
export function chineseFamily(): Promise<string> {
  loading ??= register()
  return loading
}

const slices = z.record(z.string(), z.string())
const prefix = 'linli-sc-'

async function register(): Promise<string> {
  const folder = dirname(
    createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
  )
  // slice → characters; the key is [118] or latin
  const known = slices.parse(JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')))
  const names = Object.keys(known).map((key) => key.replaceAll(/[[\]]/gu, ''))
  for (const name of names) {
    const file = join(folder, 'files', `noto-sans-sc-${name}-wght-normal.woff2`)
    if (!GlobalFonts.register(await readFile(file), prefix + name))
      throw new Error(`${file}: this font cannot be read: install the packages again with npm ci`)
  }
  // digits and letters come from the latin slice, which is the last
  return names
    .reverse()
    .map((name) => `"${prefix}${name}"`)
    .join(', ')
}
