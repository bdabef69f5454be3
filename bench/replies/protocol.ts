/** What the parent asks of the gateway process, and what the processes tell. */

export interface Load {
  /** Messages to be answered, each by another person of another room in turn. */
  readonly messages: number
  /** How many are said before the first reply is awaited; then each reply brings the next. */
  readonly inFlight: number
}

export interface LoadFigures {
  readonly replies: number
  /** From the first message said to the last reply sent. */
  readonly elapsedMs: number
}

export type GatewayTold = { readonly listening: true } | { readonly figures: LoadFigures }

/** CPU of the bot's process so far, in ms. */
export type BotTold = { readonly up: true } | { readonly cpuMs: number }

export const account = 'bot'
export const botName = '小邻'
