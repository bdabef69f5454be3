/** What groups can be tagged with, and what volunteers' skills are called. tickets/grid.yaml is what admins edit. */
export interface GridSettings {
  readonly tags: readonly {
    readonly name: string
    /** How people say it otherwise. */
    readonly also: readonly string[]
  }[]
  /** The word that is shown, then others that mean the same. */
  readonly skills: Readonly<Record<'patrol' | 'service' | 'mediation', readonly string[]>>
}

/** The tag that is meant, by its name or another word for it; undefined: there is none. */
export function tagNamed({ tags }: Pick<GridSettings, 'tags'>, said: string): string | undefined {
  const word = said.normalize('NFKC').trim()
  return tags.find(({ name, also }) => name === word || also.includes(word))?.name
}
