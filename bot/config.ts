import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { environmentSchema } from './environment.ts'
import { defaultSettings, type Settings } from './house.ts'

/** The only file that reads the environment. All mistakes are reported at once, each with its remedy. */

type Given = Readonly<Record<string, string | undefined>>

/** Settings that mean nothing while no port is open. */
const ofTheDoor = [
  ...['LINLI_HTTP_HOST', 'LINLI_HTTP_PROXY', 'LINLI_HTTP_LOG', 'LINLI_HTTP_URL'],
  ...['LINLI_OPEN311', 'LINLI_OPEN311_CONTACT', 'LINLI_OPEN311_JURISDICTION'],
]

/** What one setting needs of others. Beside the schema, whose own refinements wait until every value is right. */
function missing(given: Given): string[] {
  const faults: string[] = []
  const need = (name: string, remedy: string) => {
    if (given[name] === undefined) faults.push(`${name}: ${remedy}`)
  }
  if (given['LINLI_PUPPET'] === 'service') {
    need('LINLI_GATEWAY_TOKEN', 'is needed by the puppet service: paste the token of your gateway')
    need('LINLI_GATEWAY_ENDPOINT', 'is needed by the puppet service: host:port of your gateway')
  }
  if (given['LINLI_ACCOUNTS'] !== undefined)
    need('LINLI_DATABASE_URL', 'is needed by LINLI_ACCOUNTS: without it one process has all accounts')
  for (const name of ofTheDoor)
    if (given[name] !== undefined && given['LINLI_HTTP_PORT'] === undefined)
      need('LINLI_HTTP_PORT', `is needed by ${name}: the port that other systems come in by`)
  if (given['OPENAI_API_KEY'] !== undefined)
    need('LINLI_MODEL', 'is needed with OPENAI_API_KEY: the name of a model on that server')
  return faults
}

export interface Config {
  readonly dataFolder: string
  /** Documents are kept there instead of in the data folder. The address holds a password: never print it. */
  readonly database?: { readonly url: string }
  readonly puppet:
    | { readonly kind: 'sim' }
    | { readonly kind: 'wechat4u' }
    | { readonly kind: 'service'; readonly token: string; readonly endpoint: string; readonly tls: boolean }
  readonly settings: Settings
  /** Of several processes: the accounts that this one takes at once. */
  readonly prefers?: readonly string[]
  /** LINLI_SECRET_… and LINLI_SMTP_URL, by name. */
  readonly secrets: Readonly<Record<string, string>>
  /** Absent: no HTTP door. */
  readonly http?: {
    readonly port: number
    readonly host: string
    /** Behind a reverse proxy: the caller's address is the last one in X-Forwarded-For. */
    readonly proxy: boolean
    /** One line a request. */
    readonly log: boolean
    readonly open311: {
      readonly url?: string
      readonly contact?: string
      readonly jurisdiction?: string
      readonly closed: boolean
    }
  }
  readonly model?: {
    readonly apiKey: string
    readonly baseURL?: string
    readonly model: string
    readonly embeddingModel?: string
    readonly callsPerDay: number
  }
}

export class ConfigError extends Error {
  readonly code = 'config'
  readonly faults: readonly string[]

  constructor(faults: readonly string[], options?: ErrorOptions) {
    super(
      `the configuration has ${faults.length} mistake${faults.length === 1 ? '' : 's'}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
      options,
    )
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/** What stands in `.env` of the project root, under what the environment says; then the configuration. @throws ConfigError */
export function loadConfig(root: string): Config {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const config = readConfig()
  return { ...config, dataFolder: resolve(root, config.dataFolder) }
}

/** @throws ConfigError naming every variable that is missing or wrong, what came, and what to do */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  // an empty variable is an absent one: that is how .env files switch things off
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environmentSchema.safeParse(given)
  const others = [...missing(given), ...unknownNames(given)]
  if (!parsed.success || others.length > 0)
    throw new ConfigError([
      ...(parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given))),
      ...others,
    ])
  return { ...configOf(parsed.data), secrets: secretsOf(given) }
}

function faultOf(issue: z.core.$ZodIssue, given: Given): string {
  const name = String(issue.path[0])
  const came = given[name]
  // a secret that is wrong is still a secret
  const shown =
    came === undefined || /KEY|TOKEN|SECRET|SMTP|DATABASE/u.test(name)
      ? ''
      : ` (came: ${JSON.stringify(came.slice(0, 60))})`
  return `${name}: ${issue.message}${shown}`
}

/** Named by tickets/forwarding.yaml: keys and signing secrets of other systems. */
const secretName = /^LINLI_SECRET_[A-Z0-9_]{1,40}$/u

function secretsOf(given: Given): Readonly<Record<string, string>> {
  const named = Object.entries(given).filter(([name]) => secretName.test(name) || name === 'LINLI_SMTP_URL')
  return Object.fromEntries(named.map(([name, value = '']) => [name, value]))
}

/** LINLI_PUPET=service would otherwise silently run the simulated puppet. */
function unknownNames(given: Given): string[] {
  const known = Object.keys(environmentSchema.shape)
  const wrong = Object.keys(given).filter(
    (name) => name.startsWith('LINLI_') && !known.includes(name) && !secretName.test(name),
  )
  return wrong.map(
    (name) =>
      `${name}: no such setting; known are ${known.filter((each) => each.startsWith('LINLI_')).join(', ')}`,
  )
}

function configOf(environment: z.infer<typeof environmentSchema>): Omit<Config, 'secrets'> {
  const puppet = puppetOf(environment)
  const { pace, burst } = defaultSettings
  const { OPENAI_API_KEY, OPENAI_BASE_URL, LINLI_MODEL, LINLI_EMBEDDING_MODEL, LINLI_REGION } = environment
  const afterLast = environment.LINLI_BURST_MS ?? burst.afterLast
  const settings: Settings = {
    ...defaultSettings,
    botName: environment.LINLI_BOT_NAME,
    ...(LINLI_REGION !== undefined && { region: LINLI_REGION }),
    burst: { ...burst, afterLast, mentioned: Math.min(burst.mentioned, afterLast) },
    pace: {
      ...pace,
      reply: environment.LINLI_GAP_REPLY_MS ?? pace.reply,
      notice: environment.LINLI_GAP_NOTICE_MS ?? pace.notice,
      jitter: environment.LINLI_GAP_JITTER_MS ?? pace.jitter,
      group: environment.LINLI_GAP_GROUP_MS ?? pace.group,
    },
    quiz: quizOf(environment),
    standInAfter: (environment.LINLI_STAND_IN_SECONDS ?? defaultSettings.standInAfter / 1000) * 1000,
    bindRoomsThemselves: puppet.kind === 'sim',
  }
  const model = OPENAI_API_KEY !== undefined &&
    LINLI_MODEL !== undefined && {
      ...{ apiKey: OPENAI_API_KEY, model: LINLI_MODEL, callsPerDay: environment.LINLI_MODEL_CALLS_PER_DAY },
      ...(OPENAI_BASE_URL !== undefined && { baseURL: OPENAI_BASE_URL }),
      ...(LINLI_EMBEDDING_MODEL !== undefined && { embeddingModel: LINLI_EMBEDDING_MODEL }),
    }
  const http = httpOf(environment)
  return {
    ...{ dataFolder: environment.LINLI_DATA, puppet, settings },
    ...(environment.LINLI_DATABASE_URL !== undefined && {
      database: { url: environment.LINLI_DATABASE_URL },
    }),
    ...(environment.LINLI_ACCOUNTS !== undefined && {
      prefers: environment.LINLI_ACCOUNTS.split(',').map((name) => name.trim()),
    }),
    ...(http && { http }),
    ...(model && { model }),
  }
}

function httpOf(environment: z.infer<typeof environmentSchema>): Config['http'] {
  const { LINLI_HTTP_PORT, LINLI_HTTP_HOST, LINLI_HTTP_PROXY, LINLI_HTTP_LOG } = environment
  if (LINLI_HTTP_PORT === undefined) return undefined
  const [proxy, log] = [LINLI_HTTP_PROXY === 'on', LINLI_HTTP_LOG === 'on']
  return { port: LINLI_HTTP_PORT, host: LINLI_HTTP_HOST, proxy, log, open311: open311Of(environment) }
}

function open311Of({
  LINLI_HTTP_URL: url,
  LINLI_OPEN311,
  LINLI_OPEN311_CONTACT: contact,
  LINLI_OPEN311_JURISDICTION: jurisdiction,
}: z.infer<typeof environmentSchema>): NonNullable<Config['http']>['open311'] {
  return {
    closed: LINLI_OPEN311 === 'off',
    ...(url !== undefined && { url }),
    ...(contact !== undefined && { contact }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  }
}

function quizOf(environment: z.infer<typeof environmentSchema>): Settings['quiz'] {
  const { LINLI_QUIZ_SECONDS, LINLI_QUIZ_SERIES_SECONDS, LINLI_QUIZ_FIRST_BONUS } = environment
  return {
    ...defaultSettings.quiz,
    ...(LINLI_QUIZ_SECONDS !== undefined && { single: LINLI_QUIZ_SECONDS * 1000 }),
    ...(LINLI_QUIZ_SERIES_SECONDS !== undefined && { series: LINLI_QUIZ_SERIES_SECONDS * 1000 }),
    ...(LINLI_QUIZ_FIRST_BONUS !== undefined && { firstBonus: LINLI_QUIZ_FIRST_BONUS }),
  }
}

function puppetOf(environment: z.infer<typeof environmentSchema>): Config['puppet'] {
  const {
    LINLI_PUPPET,
    LINLI_GATEWAY_TOKEN = '',
    LINLI_GATEWAY_ENDPOINT = '',
    LINLI_GATEWAY_TLS,
  } = environment
  if (LINLI_PUPPET !== 'service') return { kind: LINLI_PUPPET }
  return {
    kind: 'service',
    token: LINLI_GATEWAY_TOKEN,
    endpoint: LINLI_GATEWAY_ENDPOINT,
    tls: LINLI_GATEWAY_TLS === 'on',
  }
}
