import { z } from 'zod'
import { alertEvents, type ForwardingRules } from '../../bot/forwarding/rules.ts'
import { systemName } from '../../bot/people/api-keys.ts'
import { remoteStates } from '../../bot/ports/ticket-system.ts'
import { categories, urgencies } from '../../intents/understanding.ts'
import { readSettings } from '../files/settings-file.ts'
import { open311Settings } from './open311/settings.ts'
import { redmineOptionsSchema } from './redmine/options.ts'

/** tickets/forwarding.yaml: which other systems there are, and which tickets go there. */

const words = z.string().trim().min(1).max(40)
const address = z.url({ protocol: /^https?$/u, error: 'an address, for example https://12345.example/linli' })
const secretName = z
  .string()
  .regex(/^LINLI_SECRET_[A-Z0-9_]{1,40}$/u, 'the name of a variable, for example LINLI_SECRET_CITY')
const personal = z.boolean().default(false)
const pollMinutes = z.number().min(1).max(1_440).default(10)
const states = z.record(z.string().min(1).max(200), z.enum(remoteStates)).default({})

const webhook = z.strictObject({
  kind: z.literal('webhook'),
  url: address,
  /** Both directions are signed with it. */
  secretEnv: secretName,
  /** Where one ticket is read: {id} is theirs, or our number where they have none. */
  readUrl: z
    .string()
    .max(1_000)
    .refine(
      (url) => url.includes('{id}') && address.safeParse(url.replaceAll(/[{}]/gu, '')).success,
      'an address with {id} in it, for example https://12345.example/linli/{id}',
    )
    .exactOptional(),
  ...{ states, pollMinutes, personal },
})
const open311 = open311Settings.omit({ apiKey: true }).extend({
  kind: z.literal('open311'),
  keyEnv: secretName.exactOptional(),
  secretEnv: secretName.exactOptional(),
  ...{ pollMinutes, personal },
})
const redmine = redmineOptionsSchema.omit({ name: true, key: true }).extend({
  kind: z.literal('redmine'),
  keyEnv: secretName,
  secretEnv: secretName.exactOptional(),
  ...{ pollMinutes, personal },
})
/** `keyEnv`: what stands in the robot's address behind key=, access_token= or hook/. `url`: of a server of one's own. */
const wecom = z.strictObject({
  ...{ kind: z.literal('wecom'), keyEnv: secretName, url: address.exactOptional() },
})
const dingtalk = z.strictObject({
  ...{ kind: z.literal('dingtalk'), keyEnv: secretName, url: address.exactOptional() },
  /** 加签: the key that begins with SEC. */
  secretEnv: secretName.exactOptional(),
})
const feishu = z.strictObject({
  ...{ kind: z.literal('feishu'), keyEnv: secretName, url: address.exactOptional() },
  /** 签名校验 */
  secretEnv: secretName.exactOptional(),
})
const mailbox = z.email('a mail address, for example banzhang@street.example')
const mail = z.strictObject({
  kind: z.literal('mail'),
  to: z.array(mailbox).min(1).max(20),
  from: mailbox,
  personal,
})

const systemSchema = z.discriminatedUnion('kind', [webhook, open311, redmine, wecom, dingtalk, feishu, mail])
export type SystemSettings = z.output<typeof systemSchema>

const takeTickets: readonly SystemSettings['kind'][] = ['webhook', 'open311', 'redmine', 'mail']
const takeAlerts: readonly SystemSettings['kind'][] = ['wecom', 'dingtalk', 'feishu', 'mail']

const fitting = {
  category: z
    .union([z.enum(categories).transform((one) => [one]), z.array(z.enum(categories)).min(1)])
    .optional(),
  department: words.optional(),
  place: words.optional(),
  urgency: z.enum(urgencies).optional(),
}
const to = z.array(systemName).min(1)

export const forwardingSchema = z
  .strictObject({
    systems: z.record(systemName, systemSchema).default({}),
    rules: z.array(z.strictObject({ ...fitting, to })).default([]),
    alerts: z
      .array(z.strictObject({ ...fitting, events: z.array(z.enum(alertEvents)).min(1), to }))
      .default([]),
  })
  .superRefine(({ systems, rules, alerts }, context) => {
    const check = (list: 'rules' | 'alerts', named: readonly (readonly string[])[]) => {
      for (const [at, names] of named.entries())
        for (const name of names) {
          const fault = faultOf(systems, list, name)
          if (fault !== undefined)
            context.addIssue({ code: 'custom', path: [list, at, 'to'], message: fault })
        }
    }
    const namesOf = (all: readonly { readonly to: readonly string[] }[]) => all.map((each) => each.to)
    check('rules', namesOf(rules))
    check('alerts', namesOf(alerts))
  })
export type ForwardingSettings = z.output<typeof forwardingSchema>

function faultOf(
  systems: Readonly<Record<string, SystemSettings>>,
  list: 'rules' | 'alerts',
  name: string,
): string | undefined {
  const system = Object.hasOwn(systems, name) ? systems[name] : undefined
  const known = Object.keys(systems).join(', ') || 'none'
  if (!system) return `no system is called ${name}: known are ${known}`
  if (list === 'rules' && !takeTickets.includes(system.kind))
    return `${name} is a ${system.kind} robot, which takes alerts and no tickets: name it under alerts`
  if (list === 'alerts' && !takeAlerts.includes(system.kind))
    return `${name} is a ${system.kind}, which takes tickets and no alerts: name it under rules`
  return undefined
}

/** @throws SettingsError naming everything that is wrong */
export function readForwarding(root: string, dataFolder: string | undefined): Promise<ForwardingSettings> {
  return readSettings(root, dataFolder, 'forwarding', forwardingSchema)
}

export function rulesOf({ systems, rules, alerts }: ForwardingSettings): ForwardingRules {
  return { systems: new Set(Object.keys(systems)), rules, alerts }
}

/** Names of the variables that the systems need. */
export function secretsNeeded({ systems }: ForwardingSettings): readonly string[] {
  const names = Object.values(systems).flatMap((system) => [
    ...('secretEnv' in system && system.secretEnv !== undefined ? [system.secretEnv] : []),
    ...('keyEnv' in system && system.keyEnv !== undefined ? [system.keyEnv] : []),
    ...(system.kind === 'mail' ? ['LINLI_SMTP_URL'] : []),
  ])
  return [...new Set(names)]
}
