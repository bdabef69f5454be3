/** One account of the messenger, as tickets/accounts.yaml enters it, with its secret looked up. */
export type Account = {
  /** Ours, for ever: groups, contacts and the outbox hang on it. */
  readonly name: string
} & (
  | {
      readonly puppet: 'service'
      readonly endpoint: string
      readonly token: string
      readonly tls: boolean
    }
  | {
      readonly puppet: 'wechat4u'
      /** The file of its session: whoever has it is logged in as the account. */
      readonly session: string
    }
  /** `self`: its contact id in the simulated world. */
  | { readonly puppet: 'sim'; readonly self: string }
)
