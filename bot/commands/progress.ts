/** How far long work has come: a live line for people at a terminal, nothing at all for pipes and files. */
export interface Progress {
  /** `all` is left out when nobody knows how much is to come. */
  step(done: number, all?: number): void
  /** Takes the line away; before anything else is printed. */
  end(): void
}

/** `what`: a few English words such as "reading documents". */
export type ShowProgress = (what: string) => Progress

const width = 24
/** ms between two drawings: more often nobody could read it. */
const interval = 100
const silent: Progress = { step: () => undefined, end: () => undefined }

/** On standard error, never on standard output: what a command prints there stays clean. */
export function progressOn(stream: NodeJS.WritableStream, now: () => number = Date.now): ShowProgress {
  if (!('isTTY' in stream) || stream.isTTY !== true) return () => silent
  return (what) => {
    let drawnAt = Number.NEGATIVE_INFINITY
    return {
      step(done, all) {
        if (now() - drawnAt < interval) return
        drawnAt = now()
        stream.write(`\r${lineOf(what, done, all)}\x1b[K`)
      },
      end() {
        if (drawnAt !== Number.NEGATIVE_INFINITY) stream.write('\r\x1b[K')
        drawnAt = Number.NEGATIVE_INFINITY
      },
    }
  }
}

function lineOf(what: string, done: number, all: number | undefined): string {
  if (all === undefined || all === 0) return `${what}: ${done.toLocaleString('en')}`
  const filled = Math.round((Math.min(done, all) / all) * width)
  const percent = `${Math.floor((100 * Math.min(done, all)) / all)}%`.padStart(4)
  return `${what} ${'█'.repeat(filled)}${'░'.repeat(width - filled)}${percent}  ${done.toLocaleString('en')}/${all.toLocaleString('en')}`
}
