import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The data folder: postgres/ (the cluster), database-password, postgres-port, daicho-version, run/ (who uses it now).
 * postgres-location is there only when the cluster had to move out of the folder.
 */
export interface DataFolder {
  root: string
  cluster: string
  passwordFile: string
  portFile: string
  versionFile: string
  locationFile: string
  runFolder: string
}

export function openDataFolder(root: string): DataFolder {
  const folder = {
    root,
    cluster: join(root, 'postgres'),
    passwordFile: join(root, 'database-password'),
    portFile: join(root, 'postgres-port'),
    versionFile: join(root, 'daicho-version'),
    locationFile: join(root, 'postgres-location'),
    runFolder: join(root, 'run'),
  }
  const isNew = !existsSync(root)
  const holders = join(folder.runFolder, 'holders')
  mkdirSync(holders, { recursive: true })
  if (isNew) chmodSync(root, 0o700)
  for (const path of [folder.runFolder, holders]) belongsLikeParent(path)
  return folder
}

/** What root makes in a folder of another user stays that user's, so that he can start again after a verb run with sudo. */
function belongsLikeParent(path: string): void {
  if (process.platform === 'win32' || process.getuid!() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}

/** Writes a small file so that a crash leaves the old one or the new one, never half of it. Readable by the owner only. */
export function writeWhole(path: string, text: string): void {
  const half = `${path}.${process.pid}.new`
  const file = openSync(half, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  belongsLikeParent(half)
  renameSync(half, path)
}

function readTrimmed(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** The owner's password; made once. Throws when there is a cluster but its password is gone. */
export function ownerPassword(folder: DataFolder, hasCluster: boolean): string {
  const known = readTrimmed(folder.passwordFile)
  if (known) return known
  if (hasCluster)
    throw new Error(
      `${folder.passwordFile} is missing, and the database does not open without it. ` +
        'Remedy: put the file back from a copy of the data folder, or restore a backup into a new data folder.',
    )
  const password = randomBytes(24).toString('base64url')
  writeWhole(folder.passwordFile, password)
  return password
}

export function rememberedPort(folder: DataFolder): number | null {
  const text = readTrimmed(folder.portFile)
  return text && /^\d{1,5}$/.test(text) ? Number(text) : null
}

export function rememberPort(folder: DataFolder, port: number): void {
  if (rememberedPort(folder) !== port) writeWhole(folder.portFile, String(port))
}

/** Where the cluster moved to, or null while it lies in the data folder. */
export function movedCluster(folder: DataFolder): string | null {
  return readTrimmed(folder.locationFile)
}

export function productVersion(): string {
  const file = fileURLToPath(new URL('../../../../package.json', import.meta.url))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** Refuses a folder which a newer version has used: it may hold what this version would misread. */
export function refuseNewerFolder(folder: DataFolder, version = productVersion()): void {
  const usedBy = readTrimmed(folder.versionFile)
  if (usedBy && compareVersions(usedBy, version) > 0)
    throw new Error(
      `the data folder ${folder.root} was used by Daicho ${usedBy}, which is newer than this one (${version}). ` +
        `Remedy: start Daicho ${usedBy} or newer, or restore a backup made before the upgrade into another data folder.`,
    )
}

export function rememberVersion(folder: DataFolder, version = productVersion()): void {
  if (readTrimmed(folder.versionFile) !== version) writeWhole(folder.versionFile, version)
}

/** Positive when a is newer. Only the numbers count; "1.2.0-beta.1" equals "1.2.0". */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text.split('-')[0]!.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
