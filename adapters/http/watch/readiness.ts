import type { HttpParts } from '../parts.ts'

/** Whether the house can do its work right now. */
export interface Readiness {
  readonly ready: boolean
  /** What is wrong; [] when nothing is. Nothing in it is secret: whoever may call may read it. */
  readonly reasons: readonly string[]
}

/** ms: a probe writes at most so often, however often it is asked. */
const probeEvery = 30_000

export function createReadiness({ house }: HttpParts): () => Promise<Readiness> {
  let known: { readonly at: number; readonly takesCommits: boolean } | undefined

  async function takesCommits(): Promise<boolean> {
    const now = house.now()
    if (!known || now - known.at >= probeEvery || now < known.at)
      known = { at: now, takesCommits: await probe(now) }
    return known.takesCommits
  }
  /** Only a commit shows that the store takes commits. */
  async function probe(now: number): Promise<boolean> {
    const put = { id: 'readyz', value: now }
    try {
      await house.store.commit([{ collection: 'counters', id: put.id, put }])
      return true
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      house.observe({ type: 'trouble', at: now, text: `the store takes no commits: ${why}` })
      return false
    }
  }
  return async () => {
    const store = (await takesCommits()) ? [] : ['the store takes no commits: look into the log']
    const here = house.chats.filter(({ account }) => house.isHere?.(account) ?? true)
    const links = here.flatMap((chat) => {
      const { state } = chat.state()
      return state === 'up' ? [] : [`the link of account ${chat.account} is ${state}`]
    })
    const reasons = [...store, ...links]
    return { ready: reasons.length === 0, reasons }
  }
}
