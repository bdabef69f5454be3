/** Locks a folder and holds it until it is killed. */
import { lockFolder } from '../../adapters/storage/lowdb/lock.ts'

const [folder, kernelLock] = process.argv.slice(2)
await lockFolder(folder as string, {
  onWarning: console.error,
  onLost: console.error,
  kernelLock: kernelLock === 'kernel',
  heartbeatMs: 50,
})
console.log('held')
setInterval(() => undefined, 60_000)
