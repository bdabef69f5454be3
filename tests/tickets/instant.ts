/** 2026-11-18 18:30 in Shanghai → ms since 1970. */
export function at(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}+08:00`)
}

export function said(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
