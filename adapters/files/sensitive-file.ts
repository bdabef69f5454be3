import { z } from 'zod'
import type { SensitiveWords } from '../../bot/private-matters.ts'
import { readSettings } from './settings-file.ts'

const pattern = z.string().transform((source, context) => {
  const parts = source.split(/\s+/u).filter(Boolean)
  try {
    return new RegExp(parts.join('|'), 'u')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    context.addIssue({ code: 'custom', message: `patterns separated by white space; ${reason}` })
    return z.NEVER
  }
})

/** @throws SettingsError */
export function readSensitive(root: string, dataFolder: string | undefined): Promise<SensitiveWords> {
  return readSettings(root, dataFolder, 'sensitive', z.strictObject({ words: pattern, ofStaff: pattern }))
}
