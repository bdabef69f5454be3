import Bottleneck from 'bottleneck'
import type { OtherSystem } from '../../bot/forwarding/other-system.ts'
import { mailWords } from '../../bot/forwarding/words.ts'
import type { RemoteState, TicketSystem } from '../../bot/ports/ticket-system.ts'
import type { Texts } from '../../bot/texts.ts'
import { createMail } from './mail.ts'
import { createOpen311System } from './open311/open311-system.ts'
import { createRedmine } from './redmine/redmine.ts'
import { createDingtalkRobot, createFeishuRobot, createWecomRobot, robotGap } from './robots.ts'
import type { ForwardingSettings, SystemSettings } from './settings.ts'
import { createWebhook } from './webhook.ts'

/** The systems of tickets/forwarding.yaml, made from their settings. */
export interface OpenSystemsOptions {
  /** By the name of the variable; all that are needed are there. */
  readonly secrets: Readonly<Record<string, string>>
  readonly texts: Texts
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Gaps below which nothing can go, whatever asks. Off in replays and tests. Default: on. */
  readonly guarded?: boolean
}

const minute = 60_000
const perMinute = 20

export function openSystems(
  { systems }: Pick<ForwardingSettings, 'systems'>,
  options: OpenSystemsOptions,
): readonly OtherSystem[] {
  return Object.entries(systems).map(([name, settings]) => {
    const system = systemOf(name, settings, options)
    return (options.guarded ?? true) ? guarded(system) : system
  })
}

function systemOf(name: string, settings: SystemSettings, options: OpenSystemsOptions): OtherSystem {
  const { now } = options
  const secretOf = (variable: string) => options.secrets[variable] ?? ''
  const plain = { name, alertGap: 0, personal: false }
  switch (settings.kind) {
    case 'webhook':
    case 'open311':
    case 'redmine':
      return { ...plain, ...ticketSystem(name, settings, options) }
    case 'wecom':
      return {
        ...plain,
        alertGap: robotGap,
        alerts: createWecomRobot(robotOf(name, settings, secretOf, now)),
      }
    case 'dingtalk':
      return {
        ...plain,
        alertGap: robotGap,
        alerts: createDingtalkRobot(robotOf(name, settings, secretOf, now)),
      }
    case 'feishu':
      return {
        ...plain,
        alertGap: robotGap,
        alerts: createFeishuRobot(robotOf(name, settings, secretOf, now)),
      }
    case 'mail': {
      const smtpUrl = secretOf('LINLI_SMTP_URL')
      const words = mailWords.bind(undefined, options.texts)
      return { ...plain, personal: settings.personal, ...createMail({ ...settings, name, smtpUrl, words }) }
    }
  }
}

function ticketSystem(
  name: string,
  settings: SystemSettings & { readonly kind: 'webhook' | 'open311' | 'redmine' },
  { secrets, now, sleep }: OpenSystemsOptions,
): Partial<OtherSystem> & { readonly tickets: TicketSystem } {
  const secretOf = (variable: string | undefined) => (variable === undefined ? undefined : secrets[variable])
  const { personal, pollMinutes, secretEnv } = settings
  const secret = secretOf(secretEnv)
  const others = { personal, ...(secret !== undefined && { secret }) }
  const pollEvery = pollMinutes * minute
  if (settings.kind === 'webhook') {
    const { url, readUrl, states } = settings
    const tickets = createWebhook({
      ...{ name, url, states, now, secret: secret ?? '' },
      ...(readUrl !== undefined && { readUrl }),
    })
    return { ...others, states, tickets, ...(readUrl !== undefined && { pollEvery }) }
  }
  if (settings.kind === 'open311') {
    const { kind, keyEnv, secretEnv: _, personal: __, pollMinutes: ___, ...options } = settings
    const apiKey = secretOf(keyEnv) ?? ''
    const { states } = options
    return {
      ...others,
      states,
      pollEvery,
      tickets: createOpen311System({ ...options, apiKey, name, now, sleep }),
    }
  }
  const { kind, keyEnv, secretEnv: _, personal: __, pollMinutes: ___, ...options } = settings
  const key = secretOf(keyEnv) ?? ''
  const { statuses, theirs } = options
  const states: Record<string, RemoteState> = {
    ...{ [statuses.closed]: 'done', [statuses.done]: 'done', [statuses.declined]: 'declined' },
    ...{ [statuses.handling]: 'handling', [statuses.open]: 'open', ...theirs },
  }
  return { ...others, states, pollEvery, tickets: createRedmine({ ...options, name, key }, globalThis.fetch) }
}

interface RobotSettings {
  readonly keyEnv: string
  readonly secretEnv?: string
  readonly url?: string
}

function robotOf(
  name: string,
  { keyEnv, secretEnv, url }: RobotSettings,
  secretOf: (variable: string) => string,
  now: () => number,
) {
  return {
    ...{ name, now, key: secretOf(keyEnv) },
    ...(secretEnv !== undefined && { secret: secretOf(secretEnv) }),
    ...(url !== undefined && { url }),
  }
}

/** One call at a time, and for robots no more than they bear: above them somebody else's fault could ban them. */
function guarded(system: OtherSystem): OtherSystem {
  const { tickets, alerts } = system
  const limiter = new Bottleneck({
    maxConcurrent: 1,
    ...(system.alertGap > 0 && {
      ...{ reservoir: perMinute, reservoirRefreshAmount: perMinute, reservoirRefreshInterval: minute },
    }),
  })
  return {
    ...system,
    ...(tickets && {
      tickets: {
        name: tickets.name,
        forward: (ticket, remote) => limiter.schedule(() => tickets.forward(ticket, remote)),
        fetch: (remote) => limiter.schedule(() => tickets.fetch(remote)),
      } satisfies TicketSystem,
    }),
    ...(alerts && {
      alerts: { name: alerts.name, tell: (alert) => limiter.schedule(() => alerts.tell(alert)) },
    }),
  }
}
