/**
 * The free web protocol, with its own traps:
 * - The session lies in a memory-card file in plain text: created here for the owner's eyes only.
 * - `puppet.stop()` logs the account out and wipes that file. So the link never stops a puppet that is logged in;
 *   to redeploy, end the process.
 * - Its parser cuts a message at the first `:` followed by a line break (that is how WeChat separates sender and
 *   text). wholeText puts back what the raw message still has.
 * - Ids of rooms and people change at every login; sent ids are not told; older messages than the login neither.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import './quiet-log.ts'
import type { Puppet } from 'wechaty-puppet'
import { PuppetWechat4u } from 'wechaty-puppet-wechat4u'

const SUFFIX = '.memory-card.json'

export function createWechat4uPuppet(): Puppet {
  return new PuppetWechat4u()
}

/** Creates the file with 0600 if it is not there. @returns the name Wechaty wants: without its own suffix */
export function prepareMemoryCard(path: string): string {
  const name = resolve(path.endsWith(SUFFIX) ? path.slice(0, -SUFFIX.length) : path)
  const file = name + SUFFIX
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeFileSync(file, '{}', { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return name
}

/** @param raw what wechat4u got from WeChat: `OriginalContent` as sent, `Content` with the sender's name */
export function wholeText(raw: unknown, text: string): string {
  if (typeof raw !== 'object' || raw === null) return text
  const { OriginalContent: original, Content: content, MsgType: type } = raw as Record<string, unknown>
  if (typeof original !== 'string' || typeof content !== 'string' || type !== 1) return text
  if (!content.includes(':\n')) return text
  const hasSender = /^@?[\w-]+:<br\/>/.test(original)
  return hasSender ? content.slice(content.indexOf(':\n') + 2) : content
}
