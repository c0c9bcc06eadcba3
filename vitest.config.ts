import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'stories/**/*.story.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['src/app/testing/property-setup.ts'],
    globalSetup: ['src/app/testing/database-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
})
