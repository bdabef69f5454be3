/**
 * Moving all documents from one store to another. Both sides are held alone while it lasts. The source is only read,
 * until everything has been read back from the target and found equal; only then the source is told that its data has
 * left, so that nobody goes on with it by mistake.
 */
import { createHash } from 'node:crypto'
import type { StoredDocument } from './collections.ts'

export interface MovedDocument {
  readonly collection: string
  /** With its version: expectations and fencing numbers rest on it. */
  readonly document: StoredDocument
}

/** One end of a move. */
export interface MovingSide {
  /** For people. */
  readonly name: string
  documents(): AsyncIterable<MovedDocument> | Iterable<MovedDocument>
  /** What is there does not count as data until `settle`. @throws MoveError when there is data, see `again` */
  receive(documents: AsyncIterable<MovedDocument>, options: ReceiveOptions): Promise<void>
  /** What `receive` took is the data from now on. */
  settle(): Promise<void>
  /** The data lives elsewhere from now on. `to` is for people. */
  leave(to: string, at: Date): Promise<void>
  close(): Promise<void>
}

export interface ReceiveOptions {
  /** For people. */
  readonly from: string
  readonly at: Date
  /** Take the place of what an earlier move left there, half-done or since moved away. Never of living data. */
  readonly again: boolean
}

export class MoveError extends Error {
  readonly code = 'move'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MoveError'
  }
}

export interface Tally {
  /** By collection, in the order of their names. */
  readonly counts: ReadonlyMap<string, number>
  readonly documents: number
  /** SHA-256 over all documents as canonical JSON, by collection and id. */
  readonly hash: string
}

export interface MoveOptions {
  readonly again: boolean
  readonly at: Date
  readonly onProgress?: (documents: number) => void
}

/** @throws MoveError when the target holds something else than the source; the source is as it was then */
export async function move(source: MovingSide, target: MovingSide, options: MoveOptions): Promise<Tally> {
  const sent = new Tallying()
  await target.receive(tallied(source.documents(), sent, options.onProgress), {
    ...options,
    from: source.name,
  })
  const arrived = new Tallying()
  for await (const each of target.documents()) arrived.add(each)
  const [expected, found] = [sent.result(), arrived.result()]
  if (expected.documents !== found.documents || expected.hash !== found.hash) {
    throw new MoveError(
      `${target.name}: expected ${expected.documents} documents (${expected.hash}), found ${found.documents} ` +
        `(${found.hash}): nothing was moved, use ${source.name} on; repeat with --again`,
    )
  }
  await target.settle()
  await source.leave(target.name, options.at)
  return found
}

async function* tallied(
  documents: AsyncIterable<MovedDocument> | Iterable<MovedDocument>,
  tally: Tallying,
  onProgress: MoveOptions['onProgress'],
): AsyncGenerator<MovedDocument> {
  let count = 0
  for await (const each of documents) {
    tally.add(each)
    yield each
    count += 1
    if (count % 1_000 === 0) onProgress?.(count)
  }
}

/** Both sides give their documents in an order of their own. */
class Tallying {
  readonly #digests = new Map<string, [id: string, digest: Buffer][]>()

  add({ collection, document }: MovedDocument): void {
    const digest = createHash('sha256').update(canonical(document)).digest()
    const digests = this.#digests.get(collection)
    if (digests) digests.push([document.id, digest])
    else this.#digests.set(collection, [[document.id, digest]])
  }

  result(): Tally {
    const hash = createHash('sha256')
    const counts = new Map<string, number>()
    for (const [collection, digests] of [...this.#digests].sort(([a], [b]) => (a < b ? -1 : 1))) {
      digests.sort(([a], [b]) => (a < b ? -1 : 1))
      hash.update(JSON.stringify([collection, digests.length]))
      for (const [, digest] of digests) hash.update(digest)
      counts.set(collection, digests.length)
    }
    const documents = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return { counts, documents, hash: hash.digest('hex') }
  }
}

/** The same for the same document, in whatever order its members come. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}
