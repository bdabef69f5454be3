import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { type ApiKey, type ApiKeyScope, apiKeyId, apiKeyScopes, newApiKey } from '../people/api-keys.ts'
import { executeOnce, type OperatorOptions, printRows, queryRows } from './operator-door.ts'
import { oneOf } from './option-values.ts'

/** `linli api-key`: what other systems show at the HTTP door. */

const scopeWords: Readonly<Record<ApiKeyScope, string>> = {
  alarms: 'report alarms',
  approve: 'see which notices wait for a second person, and approve or refuse them for one',
  notices: 'write notices, send them as far as the rules let it, and see how far they are',
  open311: 'open and read requests through Open311',
  read: 'read tickets without personal data, and the metrics',
}

export function addApiKeyCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  const keys = program.command('api-key').description('keys of other systems for the HTTP door')
  keys
    .command('add')
    .description('makes a key and prints it, this once; tickets and audit name its holder system/NAME')
    .argument('<name>', 'of the other system, for example fume-monitors')
    .requiredOption(
      '--scope <scope>',
      `what it is good for, may be repeated: ${apiKeyScopes.map((scope) => `${scope} (${scopeWords[scope]})`).join(', ')}`,
      (value: string, before: readonly ApiKeyScope[] = []) => [
        ...before,
        oneOf('scope', apiKeyScopes)(value),
      ],
    )
    .option('--json', 'one JSON object instead of lines for people')
    .action(async (name: string, { scope: scopes, json }: { scope: ApiKeyScope[]; json?: boolean }) => {
      const key = newApiKey(randomBytes(32))
      await executeOnce(options, { type: 'apikey.add', name, scopes, hash: apiKeyId(key) })
      if (json) return print(JSON.stringify({ key, name, scopes }))
      print(key)
      print(`the key of ${name}, good for ${scopes.join(', ')}; it is shown only now, so keep it safe`)
    })
  keys
    .command('list')
    .description('all keys, without what is secret in them')
    .option('--json', 'JSONL instead of lines for people')
    .action(async ({ json = false }: { json?: boolean }) => {
      const rows = await queryRows<ApiKey>(options, { type: 'apikeys' })
      const none = 'there are no api keys yet: linli api-key add NAME --scope SCOPE'
      printRows(options, rows, json, { none, line: keyLine })
    })
  keys
    .command('revoke')
    .description('takes a key back; from then on it is refused')
    .argument('<key>', 'a name (all its keys), or the id of one from `linli api-key list`')
    .action(async (key: string) => {
      const { revoked } = await executeOnce(options, { type: 'apikey.revoke', key })
      print(`taken back: ${revoked}`)
    })
}

function keyLine({ id, name, scopes, createdAt, lastUsedAt, revoked }: ApiKey): string {
  const used = lastUsedAt === undefined ? 'never used' : `used ${plainDateTime(lastUsedAt)}`
  const taken = revoked ? '  taken back' : ''
  return `${id}  ${name}  ${scopes.join(', ')}  made ${plainDateTime(createdAt)}  ${used}${taken}`
}
