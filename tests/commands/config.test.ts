import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../bot/config.ts'

type Environment = Readonly<Record<string, string>>

/** What is wrong → the variable that is named, and what to do about it. */
const wrong: readonly (readonly [title: string, environment: Environment, told: RegExp])[] = [
  [
    'a puppet that does not exist',
    { LINLI_PUPPET: 'padlocal' },
    /LINLI_PUPPET: use sim, service or wechat4u \(came: "padlocal"\)/,
  ],
  [
    'a gateway without its token',
    { LINLI_PUPPET: 'service', LINLI_GATEWAY_ENDPOINT: 'localhost:8788' },
    /LINLI_GATEWAY_TOKEN: is needed/,
  ],
  [
    'a gateway without its address',
    { LINLI_PUPPET: 'service', LINLI_GATEWAY_TOKEN: 'x' },
    /LINLI_GATEWAY_ENDPOINT: is needed/,
  ],
  [
    'an address without a port',
    { LINLI_GATEWAY_ENDPOINT: 'localhost' },
    /LINLI_GATEWAY_ENDPOINT: use host:port/,
  ],
  ['a key without a model', { OPENAI_API_KEY: 'k' }, /LINLI_MODEL: is needed with OPENAI_API_KEY/],
  ['a model server that is no address', { OPENAI_BASE_URL: 'here' }, /OPENAI_BASE_URL: use the address/],
  ['a gap that is no number', { LINLI_GAP_REPLY_MS: 'soon' }, /LINLI_GAP_REPLY_MS: milliseconds/],
  ['a gap below nothing', { LINLI_BURST_MS: '-1' }, /LINLI_BURST_MS: milliseconds/],
  [
    'a name with a slip of the pen',
    { LINLI_PUPET: 'service' },
    /LINLI_PUPET: no such setting; known are .*LINLI_PUPPET/,
  ],
]

/** What is given → what it means. */
const right: readonly (readonly [title: string, environment: Environment, holds: object])[] = [
  ['nothing at all: simulated, in ./data', {}, { dataFolder: 'data', puppet: { kind: 'sim' } }],
  ['an empty variable counts as left out', { LINLI_PUPPET: '' }, { puppet: { kind: 'sim' } }],
  ['simulated rooms bind themselves', {}, { settings: { bindRoomsThemselves: true } }],
  [
    'real rooms wait for their code',
    { LINLI_PUPPET: 'wechat4u' },
    { settings: { bindRoomsThemselves: false } },
  ],
  [
    'a gateway speaks TLS unless it is switched off',
    { LINLI_PUPPET: 'service', LINLI_GATEWAY_TOKEN: 't', LINLI_GATEWAY_ENDPOINT: '127.0.0.1:8788' },
    { puppet: { kind: 'service', token: 't', endpoint: '127.0.0.1:8788', tls: true } },
  ],
  [
    'a short burst shortens that of a mention',
    { LINLI_BURST_MS: '500' },
    { settings: { burst: { afterLast: 500, mentioned: 500 } } },
  ],
  [
    'a key and a model make a model server',
    { OPENAI_API_KEY: 'k', LINLI_MODEL: 'm' },
    { model: { apiKey: 'k', model: 'm', callsPerDay: 2000 } },
  ],
]

describe('the configuration', () => {
  test.each(wrong)('is refused with a remedy for %s', (_title, environment, told) => {
    expect(() => readConfig(environment)).toThrow(told)
  })

  test.each(right)('is understood: %s', (_title, environment, holds) => {
    expect(readConfig(environment)).toMatchObject(holds)
  })

  test('reports all its mistakes at once', () => {
    const all = Object.assign({}, ...wrong.slice(4).map(([, environment]) => environment)) as Environment
    try {
      readConfig(all)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      expect((error as ConfigError).faults).toHaveLength(5)
    }
  })

  test('never shows a secret, also when it is wrong', () => {
    expect(() =>
      readConfig({ LINLI_PUPPET: 'x', LINLI_GATEWAY_TOKEN: 'secret', OPENAI_API_KEY: 'secret' }),
    ).not.toThrow(/secret/)
  })
})
