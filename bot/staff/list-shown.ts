/** The list of tickets that somebody was shown last: 第二个 and 接 1 speak of its lines. */
export interface ListShown {
  /** Whole numbers, in the order of its lines. */
  readonly tickets: readonly string[]
  /** The order that waits for one of them (办结 换了灯管), when the list was a question. */
  readonly order?: string
  /** ms since 1970. */
  readonly at: number
}

const remembered = 10 * 60_000

/** Undefined when none was shown lately. */
export function listStillShown(list: ListShown | undefined, now: number): ListShown | undefined {
  return list !== undefined && now - list.at <= remembered ? list : undefined
}
