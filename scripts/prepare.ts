import { builtWeb } from '../src/app/web-build.ts'

/**
 * Part of `npm ci`: builds the pages and leaves the server's modules compiled beside the sources, so that the first start has only the
 * database to make. Where this cannot be done, as after `--ignore-scripts` or in a folder nobody may write to, the first start does it.
 */
const say = (line: string) => process.stdout.write(`${line}\n`)
try {
  await builtWeb(null, say)
  await import('../src/app/verbs/start.ts')
  await import('../src/app/serve.ts')
} catch (error) {
  say(
    `the pages were not built now and will be at the first start: ${error instanceof Error ? error.message : error}`,
  )
}
