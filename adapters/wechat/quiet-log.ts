/**
 * Silences Wechaty. Its logger writes warnings and information through console, which would spoil the JSONL on
 * stdout of our commands; and every join, leave or rename makes Wechaty log a false error.
 * Import this file first wherever wechaty is imported.
 */
import { log } from 'wechaty-puppet'

interface GlobalLog {
  level(name: 'silent'): void
}

log.level('silent')
// memory-card and others use the global instance of the same class (brolog), which is no dependency of ours.
const GlobalLog = log.constructor as unknown as GlobalLog
GlobalLog.level('silent')
