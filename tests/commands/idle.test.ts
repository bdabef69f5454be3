import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { startHouse } from '../../bot/commands/open-house.ts'
import { loadConfig } from '../../bot/config.ts'
import { ownDataFolder } from './terminal.ts'

test('a bot to whom nobody speaks uses no processor time', async () => {
  await ownDataFolder()
  const root = projectRoot()
  const [warn, onLink, onEnd] = [() => undefined, () => undefined, () => undefined]
  const house = await startHouse({ root, config: loadConfig(root), warn, onLink, onEnd })
  onTestFinished(() => house.close())
  await wait(500)
  const before = process.cpuUsage()
  await wait(600)
  const { user, system } = process.cpuUsage(before)
  // in microseconds; a loop would take all of the 600 ms
  expect(user + system).toBeLessThan(300_000)
})
