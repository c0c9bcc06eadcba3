import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'stories/**/*.story.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 120_000,
    // What a browser shows a moment later is asked for as long as the browser's own waits last.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 180_000,
    setupFiles: ['src/app/testing/property-setup.ts'],
    globalSetup: ['src/app/testing/database-setup.ts'],
    pool: 'forks',
    // One more than the two cores a run is meant for: browsers and databases leave a worker waiting half of its time.
    maxWorkers: 3,
  },
})
