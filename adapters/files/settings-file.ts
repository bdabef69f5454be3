import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/**
 * Settings that admins edit: the shipped ones stand in tickets/, a community's own in `settings/` of its data
 * folder, where an upgrade leaves them alone. A file there replaces the shipped one as a whole.
 */
export class SettingsError extends Error {
  readonly code = 'settings'
}

/** @param name without ending: routing. @throws SettingsError naming the file and everything wrong in it */
export async function readSettings<T>(
  root: string,
  dataFolder: string | undefined,
  name: string,
  schema: z.ZodType<T>,
): Promise<T> {
  const path = settingsPath(root, dataFolder, name)
  const shown = relative(root, path)
  let value: unknown
  try {
    value = parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new SettingsError(`${shown}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const checked = schema.safeParse(value ?? {})
  if (checked.success) return checked.data
  throw new SettingsError(`${shown}: ${z.prettifyError(checked.error)}`)
}

function settingsPath(root: string, dataFolder: string | undefined, name: string): string {
  const own = dataFolder === undefined ? undefined : join(dataFolder, 'settings', `${name}.yaml`)
  return own !== undefined && existsSync(own) ? own : join(root, 'tickets', `${name}.yaml`)
}
