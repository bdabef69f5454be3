import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    // the storage tests start processes and send signals, which threads cannot do
    pool: 'forks',
    // time is virtual; the limits only end what hangs. Training the model of a changed corpus takes seconds
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
