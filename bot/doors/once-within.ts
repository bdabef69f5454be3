import type { House } from '../house.ts'

/**
 * The id under which a command is executed when whoever asks gives none of their own: the same thing asked again within
 * `window` ms gets the same id, so it happens once. A retry whose first answer was lost doubles nothing; the same
 * thing said again tomorrow is news.
 * @param base says who asks for what: open311/app/9f2c…
 */
export async function idWithin(house: House, base: string, window: number): Promise<string> {
  const now = house.now()
  const slot = Math.floor(now / window)
  const before = `${base}/${slot - 1}`
  const entry = await house.store.get<{ readonly id: string; readonly at: number }>('audit', before)
  return entry && now - entry.at < window ? before : `${base}/${slot}`
}
