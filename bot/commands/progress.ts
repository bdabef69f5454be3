/** How far long work has come: a live line for people at a terminal, nothing at all for pipes and files. */
export interface Progress {
  /** Not true where nothing is drawn: whoever waits long says now and then how far it is. */
  readonly isShown?: boolean
  /** `all` is left out when nobody knows how much is to come. `more` stands behind it. */
  step(done: number, all?: number, more?: string): void
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
      isShown: true,
      step(done, all, more = '') {
        if (now() - drawnAt < interval) return
        drawnAt = now()
        stream.write(`\r${cut(`${lineOf(what, done, all)}${more}`, stream)}\x1b[K`)
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

/** A line that breaks would be drawn below itself for ever. */
function cut(line: string, stream: object): string {
  const columns = 'columns' in stream ? Number(stream.columns) : 0
  if (!(columns > 0)) return line
  let width = 0
  let shown = ''
  for (const sign of line) {
    // Chinese takes two columns
    width += wide.test(sign) ? 2 : 1
    if (width >= columns) return shown
    shown += sign
  }
  return shown
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
