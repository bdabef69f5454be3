/**
 * Servers speak the protocol with differences: some know no JSON schema, some models take no temperature, some
 * want another name for the limit. What a server refuses is said in another way, and the way that worked kept.
 */
export interface Dialect {
  readonly format: 'json_schema' | 'json_object' | 'plain'
  readonly temperature: boolean
  readonly limit: 'max_tokens' | 'max_completion_tokens'
}

const firstDialect: Dialect = { format: 'json_schema', temperature: true, limit: 'max_tokens' }

/** Each of the three can change: format twice, temperature and limit once. */
export const mostDialects = 5

export class Dialects {
  #current = firstDialect
  #settled = false

  get current(): Dialect {
    return this.#current
  }

  /** It worked. */
  settle(dialect: Dialect): void {
    this.#current = dialect
    this.#settled = true
  }

  /** Every way was refused: it is not the wording, so later refusals are taken as they are. */
  giveUp(): void {
    this.#settled = true
  }

  /**
   * Another way to say what the server refused with 400 or 422; undefined when there is none.
   * A refusal that names nothing of ours changes the dialect only before anything has worked: later it is
   * about the text, for example a content filter.
   */
  after(refused: Dialect, serverSays: string): Dialect | undefined {
    if (refused.limit === 'max_tokens' && /max_tokens|max_completion_tokens/.test(serverSays))
      return { ...refused, limit: 'max_completion_tokens' }
    if (refused.temperature && /temperature/i.test(serverSays)) return { ...refused, temperature: false }
    const named = /response_format|json_schema|json_object|structured output/i.test(serverSays)
    if (this.#settled && !named) return undefined
    if (refused.format === 'json_schema') return { ...refused, format: 'json_object' }
    if (refused.format === 'json_object') return { ...refused, format: 'plain' }
    return undefined
  }
}
