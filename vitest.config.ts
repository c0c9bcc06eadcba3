import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes, the longest first: one that starts last keeps the whole run waiting. */
const LONGEST = [
  'stories/working-day.story.ts',
  'src/app/durability.test.ts',
  'scripts/gallery/gallery.test.ts',
  'stories/real-company.story.ts',
  'src/platform/database/embedded/embedded.test.ts',
  'src/app/hostile-values.test.ts',
]

/** Files that drive browsers, start programs of their own or look at their own process: each in a process of its own. */
const ALONE = [
  'stories/**/*.story.ts',
  'src/app/**/*.test.ts',
  'src/platform/**/*.test.ts',
  'scripts/**/*.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex(name => moduleId.endsWith(name))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

const common = {
  testTimeout: 120_000,
  // What a browser shows a moment later is asked for as long as the browser's own waits last.
  expect: { poll: { timeout: 90_000 } },
  hookTimeout: 180_000,
  setupFiles: ['src/app/testing/property-setup.ts'],
  pool: 'forks' as const,
  maxWorkers: 2,
}

export default defineConfig({
  test: {
    ...common,
    globalSetup: ['src/app/testing/database-setup.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...common, name: 'alone', include: ALONE } },
      // Files of one process share its modules, which are read once: this halves the time of the many small ones.
      {
        test: {
          ...common,
          name: 'together',
          include: ['src/business/**/*.test.ts', 'src/ui/**/*.test.ts', 'bench/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
})
