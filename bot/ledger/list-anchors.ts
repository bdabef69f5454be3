import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Reading } from '../reading.ts'

export interface AnchorRow {
  readonly id: string
  /** ISO, Shanghai. */
  readonly at: string
  readonly hash: string
  /** How many tickets it anchors, and how many it tells were forgotten. */
  readonly tickets: number
  readonly forgotten: number
}

/** The newest first. */
export async function listAnchors(reading: Reading, limit: number): Promise<readonly AnchorRow[]> {
  const { documents } = await reading.find('anchors', { descending: true, limit })
  return documents.map(({ id, at, hash, heads, forgotten }) => ({
    ...{ id, at: isoShanghai(at), hash },
    ...{ tickets: heads.length, forgotten: forgotten.length },
  }))
}
