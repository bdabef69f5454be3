/** What `doctor` found: `bad` needs somebody; `note` is worth knowing and no fault. */
export interface Finding {
  readonly state: 'good' | 'bad' | 'note'
  readonly text: string
  /** What to do; stands under the line. */
  readonly remedy?: string
}

export const good = (text: string): Finding => ({ state: 'good', text })
export const note = (text: string, remedy?: string): Finding => ({
  ...{ state: 'note', text },
  ...(remedy !== undefined && { remedy }),
})
export const bad = (text: string, remedy: string): Finding => ({ state: 'bad', text, remedy })
