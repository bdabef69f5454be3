import { z } from 'zod'

/** Every setting that comes from the environment: what it may be, and what to do when it is something else. */

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

const standIn =
  'seconds that an account is away before another one of the group speaks for it, 5 to 86400, for example 60'

const httpPort = 'a port of this machine, 1 to 65535, for example 8080'

export const environmentSchema = z.object({
  LINLI_DATA: z.string().min(1, 'name a folder, or leave it out for ./data').default('data'),
  LINLI_DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\/\S+$/u,
      'the address of a PostgreSQL database, for example postgres://linli:PASSWORD@127.0.0.1:5432/linli',
    )
    .optional(),
  LINLI_PUPPET: z
    .enum(['sim', 'service', 'wechat4u'], { error: 'use sim, service or wechat4u' })
    .default('sim'),
  LINLI_GATEWAY_TOKEN: z.string().min(1, 'paste the token of your gateway').optional(),
  LINLI_GATEWAY_ENDPOINT: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/u, 'use host:port, for example 127.0.0.1:8788')
    .optional(),
  LINLI_GATEWAY_TLS: z.enum(['on', 'off'], { error: 'use on or off' }).default('on'),
  LINLI_ACCOUNTS: z
    .string()
    .regex(
      /^[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*$/u,
      'names of accounts.yaml with commas, for example north,south',
    )
    .optional(),
  LINLI_STAND_IN_SECONDS: z.coerce
    .number({ error: standIn })
    .int(standIn)
    .min(5, standIn)
    .max(86_400, standIn)
    .optional(),
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
