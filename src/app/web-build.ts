import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WEB = join(ROOT, 'src/app/web')

/** What the pages are built from: everything under src which the web may import, and the exact versions of the packages. */
function sourceHash(): string {
  const hash = createHash('sha256')
  const files = globSync(['src/**/*.{ts,tsx,css,html,svg}', 'package-lock.json'], { cwd: ROOT })
    .filter(path => !path.endsWith('.test.ts'))
    .sort()
  for (const path of files)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

/**
 * The folder of the built pages, building them when the sources have changed since (a few seconds, once): beside the sources where they
 * may be written to (a checkout), else in the folder given (a read-only image). Throws where neither may be written to.
 */
export async function builtWeb(fallbackDir: string | null, log: (line: string) => void): Promise<string> {
  const name = `web-${sourceHash()}`
  const built = join(ROOT, '.cache', name)
  if (existsSync(join(built, 'index.html'))) return built
  const folder = join(cacheFolder(fallbackDir), name)
  if (existsSync(join(folder, 'index.html'))) return folder
  log('building the pages …')
  const { build } = await import('vite')
  const making = `${folder}.${process.pid}`
  const config = await webConfig()
  await asProduction(() =>
    build({
      ...config,
      build: { outDir: making, emptyOutDir: true, chunkSizeWarningLimit: 4000, target: 'es2023' },
    }),
  )
  if (existsSync(join(folder, 'index.html'))) rmSync(making, { recursive: true, force: true })
  else {
    rmSync(folder, { recursive: true, force: true })
    renameSync(making, folder)
  }
  return folder
}

/** Whatever NODE_ENV the caller runs under (a test run sets its own), the pages built are the ones people get. */
async function asProduction(work: () => Promise<unknown>): Promise<void> {
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await work()
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

export async function webConfig() {
  const { default: react } = await import('@vitejs/plugin-react')
  return {
    root: WEB,
    configFile: false as const,
    logLevel: 'warn' as const,
    plugins: [react()],
    publicDir: join(WEB, 'public'),
  }
}

function cacheFolder(fallbackDir: string | null): string {
  const folder = isWritable(ROOT) ? join(ROOT, '.cache') : fallbackDir && join(fallbackDir, 'cache')
  if (!folder) throw new Error(`${ROOT} may not be written to`)
  mkdirSync(folder, { recursive: true })
  return folder
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    // Not writable is an answer, not a fault.
    return false
  }
}
