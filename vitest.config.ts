import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'stories/**/*.story.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 120_000,
    // What a browser shows a moment later is asked for as long as the browser's own waits last.
    expect: { poll: { timeout: 90_000 } },
    hookTimeout: 180_000,
    setupFiles: ['src/app/testing/property-setup.ts'],
    globalSetup: ['src/app/testing/database-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
})
