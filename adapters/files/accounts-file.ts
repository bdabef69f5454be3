import { z } from 'zod'
import { readSettings } from './settings-file.ts'

/** The accounts of an installation, as tickets/accounts.yaml enters them. */
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,29}$/u,
    'a name of ours: a to z, digits and -, beginning with a letter, at most 30',
  )
const entry = z.discriminatedUnion(
  'puppet',
  [
    z.strictObject({
      name,
      puppet: z.literal('service'),
      endpoint: z.string().regex(/^[\w.-]+:\d{1,5}$/u, 'use host:port, for example 127.0.0.1:8788'),
      token: z
        .string()
        .regex(
          /^LINLI_SECRET_[A-Z0-9_]{1,40}$/u,
          'the name of a variable that holds the token, for example LINLI_SECRET_NORTH; never the token itself',
        ),
      tls: z.enum(['on', 'off'], { error: 'use on or off' }).default('on'),
    }),
    z.strictObject({ name, puppet: z.literal('wechat4u') }),
    z.strictObject({
      name,
      puppet: z.literal('sim'),
      self: z
        .string()
        .regex(/^bot\d{0,2}$/u, 'bot, bot2, …')
        .optional(),
    }),
  ],
  { error: 'puppet: use service, wechat4u or sim' },
)
export type AccountEntry = z.infer<typeof entry>

const accountsSchema = z
  .strictObject({ accounts: z.array(entry).max(50).default([]) })
  .superRefine(({ accounts }, context) => {
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['accounts'], message })
    const twice = <T>(values: readonly T[]) => values.find((value, at) => values.indexOf(value) !== at)
    const sameName = twice(accounts.map((each) => each.name))
    if (sameName !== undefined) fault(`two accounts are called ${sameName}: each needs a name of its own`)
    const gateways = accounts.flatMap((each) =>
      each.puppet === 'service' ? [`${each.endpoint} with ${each.token}`] : [],
    )
    const sameGateway = twice(gateways)
    if (sameGateway !== undefined)
      fault(`two accounts use the gateway ${sameGateway}: a gateway serves one account and one client`)
    const sims = accounts.filter((each) => each.puppet === 'sim')
    if (sims.length > 0 && sims.length < accounts.length)
      fault('simulated accounts and real ones do not know each other: use only sim, or none')
    if (sims.length > 0 && sims[0]?.name !== 'sim')
      fault('the first of several simulated accounts is called sim: the people of the playground know it')
    const sameSelf = twice(sims.map((each, at) => each.self ?? simSelf(at)))
    if (sameSelf !== undefined)
      fault(`two simulated accounts are the contact ${sameSelf}: give each its own self`)
  })

/** bot, bot2, bot3, … */
export function simSelf(at: number): string {
  return at === 0 ? 'bot' : `bot${at + 1}`
}

/** @throws SettingsError */
export async function readAccounts(
  root: string,
  dataFolder: string | undefined,
): Promise<readonly AccountEntry[]> {
  return (await readSettings(root, dataFolder, 'accounts', accountsSchema)).accounts
}
