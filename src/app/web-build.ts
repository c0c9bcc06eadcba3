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

/** The folder of the built pages, building them when the sources have changed since (a few seconds, once). */
export async function builtWeb(fallbackDir: string, log: (line: string) => void): Promise<string> {
  const folder = join(cacheFolder(fallbackDir), `web-${sourceHash()}`)
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

/** Beside the sources when they may be written to (a checkout), else in the data folder (a read-only image). */
function cacheFolder(fallbackDir: string): string {
  try {
    accessSync(ROOT, constants.W_OK)
    const folder = join(ROOT, '.cache')
    mkdirSync(folder, { recursive: true })
    return folder
  } catch {
    // Not writable is an answer, not a fault: the data folder always is.
    const folder = join(fallbackDir, 'cache')
    mkdirSync(folder, { recursive: true })
    return folder
  }
}
