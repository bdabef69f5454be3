import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))

/**
 * Installs the competitors when they are missing or other than the lock file says. `quick` leaves out what is
 * compiled (better-sqlite3, a minute); SQLite as WebAssembly stands in for it.
 * @throws when npm fails
 */
export function installCompetitors({ quick }: { readonly quick: boolean }): void {
  if (isInstalled()) return
  const args = ['ci', '--no-audit', '--no-fund', ...(quick ? ['--omit=optional'] : [])]
  console.error(`bench: npm ${args.join(' ')}`)
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${folder}: read what it says above`)
}

function isInstalled(): boolean {
  const installed = `${folder}node_modules/.package-lock.json`
  return (
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}package-lock.json`).mtimeMs
  )
}
