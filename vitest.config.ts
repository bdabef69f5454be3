import { defineConfig } from 'vitest/config'

/** These put the whole bot together: the lore, a second to read, is shared by the files of a worker. */
const withLore = [
  'tests/bot/**/*.test.ts',
  'tests/transcripts.test.ts',
  'tests/one-message.test.ts',
  'tests/forwarding/**/*.test.ts',
  'tests/open311/**/*.test.ts',
]
const everything = ['tests/**/*.test.ts']

const shared = {
  environment: 'node' as const,
  // the storage tests start processes and send signals, which threads cannot do
  pool: 'forks' as const,
  // time is virtual; the limits only end what hangs. Training the model of a changed corpus takes seconds
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'parts', include: everything, exclude: withLore } },
      { test: { ...shared, name: 'whole', include: withLore, isolate: false } },
    ],
  },
})
