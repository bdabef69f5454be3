import Bottleneck from 'bottleneck'
import type { OtherSystem } from '../../bot/forwarding/other-system.ts'
import { mailWords } from '../../bot/forwarding/words.ts'
import type { ForwardedTicket, TicketSystem } from '../../bot/ports/ticket-system.ts'
import type { Texts } from '../../bot/texts.ts'
import { minute } from '../../tickets/shanghai-time.ts'
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

const perMinute = 20

export async function openSystems(
  { systems }: Pick<ForwardingSettings, 'systems'>,
  options: OpenSystemsOptions,
): Promise<readonly OtherSystem[]> {
  const opened = Object.entries(systems).map(async ([name, settings]) => {
    const system = { ...plain, name, ...(await partsOf(name, settings, options)) }
    return (options.guarded ?? true) ? guarded(system) : system
  })
  return Promise.all(opened)
}

const plain = { alertGap: 0, personal: false }

type Parts = Partial<OtherSystem>
type Of<K extends SystemSettings['kind']> = Extract<SystemSettings, { readonly kind: K }>

/** What is heavy is loaded only by whoever uses it. */
async function partsOf(name: string, settings: SystemSettings, options: OpenSystemsOptions): Promise<Parts> {
  switch (settings.kind) {
    case 'webhook':
      return webhookOf(name, settings, options)
    case 'open311':
      return open311Of(name, settings, options)
    case 'redmine':
      return redmineOf(name, settings, options)
    case 'wecom':
      return { alertGap: robotGap, alerts: createWecomRobot(robotOf(name, settings, options)) }
    case 'dingtalk':
      return { alertGap: robotGap, alerts: createDingtalkRobot(robotOf(name, settings, options)) }
    case 'feishu':
      return { alertGap: robotGap, alerts: createFeishuRobot(robotOf(name, settings, options)) }
    case 'mail':
      return mailOf(name, settings, options)
  }
}

function webhookOf(name: string, settings: Of<'webhook'>, options: OpenSystemsOptions): Parts {
  const { url, readUrl, states } = settings
  const common = commonOf(settings, options)
  const secret = common.secret ?? ''
  const reads = readUrl !== undefined && { readUrl }
  const tickets = createWebhook({ name, url, states, secret, now: options.now, ...reads })
  if (reads) return { ...common, states, tickets }
  const { pollEvery, ...unread } = common
  return { ...unread, states, tickets }
}

async function open311Of(name: string, settings: Of<'open311'>, options: OpenSystemsOptions): Promise<Parts> {
  const { createOpen311System } = await import('./open311/open311-system.ts')
  const { now, sleep, secrets } = options
  const apiKey = secrets[settings.keyEnv ?? ''] ?? ''
  const tickets = createOpen311System({ ...settings, apiKey, name, now, sleep })
  return { ...commonOf(settings, options), states: settings.states, tickets }
}

async function redmineOf(name: string, settings: Of<'redmine'>, options: OpenSystemsOptions): Promise<Parts> {
  const { createRedmine } = await import('./redmine/redmine.ts')
  const { remoteStates } = await import('./redmine/states.ts')
  const { kind, keyEnv, secretEnv, personal, pollMinutes, ...own } = settings
  const key = options.secrets[keyEnv] ?? ''
  const tickets = createRedmine({ ...own, name, key }, globalThis.fetch)
  return { ...commonOf(settings, options), states: remoteStates(own), tickets }
}

async function mailOf(name: string, settings: Of<'mail'>, options: OpenSystemsOptions): Promise<Parts> {
  const { createMail } = await import('./mail.ts')
  const { from, to, personal } = settings
  const smtpUrl = options.secrets['LINLI_SMTP_URL'] ?? ''
  const words = (ticket: ForwardedTicket) => mailWords(options.texts, ticket)
  return { personal, ...createMail({ name, from, to, smtpUrl, words }) }
}

interface Common {
  readonly personal: boolean
  readonly pollMinutes: number
  readonly secretEnv?: string
}

function commonOf({ personal, pollMinutes, secretEnv }: Common, { secrets }: OpenSystemsOptions) {
  const secret = secretEnv === undefined ? undefined : secrets[secretEnv]
  return { personal, pollEvery: pollMinutes * minute, ...(secret !== undefined && { secret }) }
}

interface RobotSettings {
  readonly keyEnv: string
  readonly secretEnv?: string
  readonly url?: string
}

function robotOf(
  name: string,
  { keyEnv, secretEnv, url }: RobotSettings,
  { secrets, now }: OpenSystemsOptions,
) {
  return {
    ...{ name, now, key: secrets[keyEnv] ?? '' },
    ...(secretEnv !== undefined && { secret: secrets[secretEnv] ?? '' }),
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
