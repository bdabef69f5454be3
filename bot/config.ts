import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { defaultSettings, type Settings } from './house.ts'

/** The only file that reads the environment. All mistakes are reported at once, each with its remedy. */

const milliseconds = (remedy: string) =>
  z.coerce.number({ error: remedy }).int(remedy).min(0, remedy).max(86_400_000, remedy).optional()

const someSeconds = 'seconds that a question of the quiz is open, 20 to 3600'
const quizSeconds = z.coerce
  .number({ error: someSeconds })
  .int(someSeconds)
  .min(20, someSeconds)
  .max(3600, someSeconds)
  .optional()
const quizBonus = 'extra points of the first right answer, 0 to 10'

const httpPort = 'a port of this machine, 1 to 65535, for example 8080'

const environmentSchema = z.object({
  LINLI_DATA: z.string().min(1, 'name a folder, or leave it out for ./data').default('data'),
  LINLI_PUPPET: z
    .enum(['sim', 'service', 'wechat4u'], { error: 'use sim, service or wechat4u' })
    .default('sim'),
  LINLI_GATEWAY_TOKEN: z.string().min(1, 'paste the token of your gateway').optional(),
  LINLI_GATEWAY_ENDPOINT: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/u, 'use host:port, for example 127.0.0.1:8788')
    .optional(),
  LINLI_GATEWAY_TLS: z.enum(['on', 'off'], { error: 'use on or off' }).default('on'),
  LINLI_BOT_NAME: z.string().trim().min(1, 'the name the bot has in its groups').max(20).default('小邻'),
  LINLI_REGION: z.string().min(1, 'a city of knowledge/garbage/regions.yaml').optional(),
  LINLI_BURST_MS: milliseconds('milliseconds after a last line, for example 8000'),
  LINLI_GAP_REPLY_MS: milliseconds('milliseconds between two replies, for example 1500'),
  LINLI_GAP_NOTICE_MS: milliseconds('milliseconds between two notices, for example 4000'),
  LINLI_GAP_JITTER_MS: milliseconds('milliseconds added at random, for example 700'),
  LINLI_GAP_GROUP_MS: milliseconds('milliseconds between two sends to one group, for example 1000'),
  LINLI_QUIZ_SECONDS: quizSeconds,
  LINLI_QUIZ_SERIES_SECONDS: quizSeconds,
  LINLI_QUIZ_FIRST_BONUS: z.coerce
    .number({ error: quizBonus })
    .int(quizBonus)
    .min(0, quizBonus)
    .max(10, quizBonus)
    .optional(),
  LINLI_HTTP_PORT: z.coerce
    .number({ error: httpPort })
    .int(httpPort)
    .min(1, httpPort)
    .max(65_535, httpPort)
    .optional(),
  LINLI_HTTP_HOST: z
    .string()
    .regex(/^[\w.:-]{1,255}$/u, 'an address of this machine, for example 127.0.0.1, or 0.0.0.0 for all')
    .default('127.0.0.1'),
  LINLI_HTTP_PROXY: z.enum(['on', 'off'], { error: 'use on or off' }).default('off'),
  LINLI_HTTP_URL: z
    .url('the address under which others reach the HTTP door, for example https://linli.example')
    .optional(),
  LINLI_OPEN311: z.enum(['on', 'off'], { error: 'use on or off' }).default('on'),
  LINLI_OPEN311_CONTACT: z.string().max(200, 'a line of at most 200 characters').optional(),
  LINLI_OPEN311_JURISDICTION: z
    .string()
    .max(100, 'at most 100 characters, for example linli.example')
    .optional(),
  LINLI_HTTP_LOG: z.enum(['on', 'off'], { error: 'use on or off' }).default('off'),
  LINLI_SMTP_URL: z
    .url({
      protocol: /^smtps?$/u,
      error: 'a mail server, for example smtps://user:password@mail.example:465',
    })
    .optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z
    .url('use the address of the model server, for example http://127.0.0.1:8000/v1')
    .optional(),
  LINLI_MODEL: z.string().min(1, 'the name of a model on that server').optional(),
  LINLI_EMBEDDING_MODEL: z.string().min(1, 'the name of an embedding model on that server').optional(),
  LINLI_MODEL_CALLS_PER_DAY: z.coerce
    .number({ error: 'a whole number, for example 2000' })
    .int('a whole number, for example 2000')
    .min(0)
    .default(2000),
})

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
  for (const name of ofTheDoor)
    if (given[name] !== undefined && given['LINLI_HTTP_PORT'] === undefined)
      need('LINLI_HTTP_PORT', `is needed by ${name}: the port that other systems come in by`)
  if (given['OPENAI_API_KEY'] !== undefined)
    need('LINLI_MODEL', 'is needed with OPENAI_API_KEY: the name of a model on that server')
  return faults
}

export interface Config {
  readonly dataFolder: string
  readonly puppet:
    | { readonly kind: 'sim' }
    | { readonly kind: 'wechat4u' }
    | { readonly kind: 'service'; readonly token: string; readonly endpoint: string; readonly tls: boolean }
  readonly settings: Settings
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
    came === undefined || /KEY|TOKEN|SECRET|SMTP/u.test(name)
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
