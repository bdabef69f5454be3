import { expect, test } from 'vitest'
import { diskSpaceWarning } from '../../adapters/storage/disk-space.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('a disk with room gives no warning', async () => {
  expect(await diskSpaceWarning(await temporaryFolder(), { minimumBytes: 1 })).toBeUndefined()
})

test('a disk that fills up gives a warning that says how much is left and what to do', async () => {
  const freeBytes = async () => 41_700_000
  expect(await diskSpaceWarning('/data', { minimumBytes: 500_000_000, freeBytes })).toBe(
    '/data: 41 MB left on the disk, expected at least 500 MB. When it is full the bot can store nothing: free space now',
  )
})
