/** What a part of the bench has to say: tables for people, and one line for each goal. */

export interface Report {
  readonly title: string
  /** Each on its own line, above the tables. */
  readonly notes: readonly string[]
  readonly tables: readonly Table[]
  readonly goals: readonly Goal[]
}

export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface Goal {
  /** `(a) replies vs echo: 0.97 (goal ≥ 0.9)` */
  readonly text: string
  /** undefined: nothing was promised, or it was not measured in this run. */
  readonly met: boolean | undefined
}

export interface RunOptions {
  /** Fewer rounds and sizes, for CI. */
  readonly quick: boolean
  /** Told what is being measured, so that nobody waits before a blank screen. */
  progress(text: string): void
}

export type Part = (options: RunOptions) => Promise<Report>

export function renderReport({ title, notes, tables }: Report): string {
  const parts = [`## ${title}`, ...notes, ...tables.map(renderTable)]
  return `${parts.join('\n\n')}\n`
}

export function renderGoal({ text, met }: Goal): string {
  const verdict = met === undefined ? '' : met ? ' met' : ' NOT met'
  return `goal ${text}${verdict}`
}

/** Three significant figures: what the noise leaves. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value >= 1000) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

export function times(ratio: number): string {
  return Number.isFinite(ratio) ? `${figure(ratio)}×` : '–'
}

export function megabytes(bytes: number): string {
  return figure(bytes / 1_000_000)
}

function renderTable({ header, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
