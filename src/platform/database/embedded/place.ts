import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  type Account,
  namespaceAccount,
  ownAccount,
  runAs,
  runsAsRoot,
  serviceLogin,
  switchedAccount,
} from './account.ts'
import { copyBinaries, findBinaries, linkLibraries, programPath } from './binaries.ts'
import { type DataFolder, movedCluster, writeWhole } from './folder.ts'

/** Where the cluster lies, which copy of the programs serves it, and under which account. */
export interface Place {
  cluster: string
  programs: string
  account: Account
}

export interface PlaceOptions {
  /** False behaves as on a machine which forbids user namespaces. */
  namespaces?: boolean
  /** Where a cluster moves to when the unprivileged user cannot reach the data folder. */
  systemFolder?: string
}

/**
 * Finds an arrangement in which PostgreSQL will run, by trying rather than by guessing. An ordinary user needs none. Root gets,
 * in this order: a user namespace; an unprivileged user with the cluster in the data folder, where he can reach it; the same
 * with programs and cluster under /var/lib. A cluster that has an owner other than root stays his.
 */
export async function choosePlace(folder: DataFolder, options: PlaceOptions = {}): Promise<Place> {
  for (const path of [folder.root, findBinaries().folder]) refuseShellCharacters(path)
  if (!runsAsRoot()) return await ownPlace(folder)
  const moved = movedCluster(folder)
  if (moved)
    return await switchedPlace(folder, join(moved, 'postgres'), moved, ownerOf(join(moved, 'postgres')))
  const owner = existsSync(folder.cluster) ? ownerOf(folder.cluster) : null
  const isRoots = owner === null || owner.uid === 0
  if (isRoots && options.namespaces !== false) {
    const place = await namespacePlace(folder)
    if (place) return place
  }
  const login = isRoots ? serviceLogin() : owner
  if (await canEnter(switchedAccount(login.uid, login.gid), folder))
    return await switchedPlace(folder, folder.cluster, folder.root, login)
  return await movedPlace(folder, login, options.systemFolder ?? '/var/lib')
}

/** PostgreSQL's own programs pass paths through a shell in double quotes, where these characters would change the path. */
function refuseShellCharacters(path: string): void {
  if (process.platform !== 'win32' && /["$`\\\n]/.test(path))
    throw new Error(
      `PostgreSQL cannot work in ${path}: the path contains one of " $ \` \\. Remedy: use a folder with another name.`,
    )
}

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

async function ownPlace(folder: DataFolder): Promise<Place> {
  const account = ownAccount()
  if (
    existsSync(folder.cluster) &&
    process.platform !== 'win32' &&
    ownerOf(folder.cluster).uid !== account.uid
  )
    throw new Error(
      `${folder.cluster} belongs to user ${ownerOf(folder.cluster).uid}, this process runs as ${account.uid}. ` +
        `Remedy: start as that user, or run "chown -R ${account.uid} ${folder.root}" as root while Daicho is stopped.`,
    )
  const programs = await runnablePrograms(account, folder.root)
  return { cluster: folder.cluster, programs, account }
}

async function namespacePlace(folder: DataFolder): Promise<Place | null> {
  const account = namespaceAccount()
  const { code } = await runAs(account, 'sh', ['-c', 'test -w "$0"', folder.root])
  if (code !== 0) return null
  const binaries = findBinaries()
  const programs = linkLibraries(binaries.folder) ? binaries.folder : copyBinaries(binaries, folder.root)
  const { code: version } = await runAs(account, programPath(programs, 'postgres'), ['--version'])
  return version === 0 ? { cluster: folder.cluster, programs, account } : null
}

/** Lets the login pass through the data folder, whose secrets stay readable by their owner only, and says whether it can. */
async function canEnter(account: Account, folder: DataFolder): Promise<boolean> {
  const mode = statSync(folder.root).mode & 0o777
  if ((mode & 0o001) === 0) chmodSync(folder.root, mode | 0o011)
  const { code } = await runAs(account, 'sh', ['-c', 'cd "$0"', folder.root])
  if (code !== 0) chmodSync(folder.root, mode)
  return code === 0
}

async function switchedPlace(
  folder: DataFolder,
  cluster: string,
  home: string,
  login: { uid: number; gid: number },
): Promise<Place> {
  const account = switchedAccount(login.uid, login.gid)
  if (home !== folder.root) account.how += `, with the database under ${home}`
  if (existsSync(cluster) && ownerOf(cluster).uid !== login.uid) give(cluster, login)
  const programs = await runnablePrograms(account, home)
  return { cluster, programs, account }
}

/** Carries an existing cluster along; the old one stays beside it under another name until someone removes it. */
async function movedPlace(
  folder: DataFolder,
  login: { uid: number; gid: number },
  systemFolder: string,
): Promise<Place> {
  const home = join(
    systemFolder,
    `daicho-${createHash('sha256').update(folder.root).digest('hex').slice(0, 12)}`,
  )
  const cluster = join(home, 'postgres')
  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o711)
  if (existsSync(folder.cluster) && !existsSync(cluster)) {
    const half = `${cluster}.${process.pid}.new`
    cpSync(folder.cluster, half, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    // The copy is made under our umask; PostgreSQL refuses a folder others may read.
    chmodSync(half, 0o700)
    give(half, login)
    renameSync(half, cluster)
  }
  writeWhole(folder.locationFile, home)
  if (existsSync(folder.cluster)) renameSync(folder.cluster, `${folder.cluster}.before-move`)
  return await switchedPlace(folder, cluster, home, login)
}

/** Hands a folder and all in it to a login. Only root can. */
export function give(path: string, { uid, gid }: { uid: number; gid: number }): void {
  lchownSync(path, uid, gid)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isDirectory()) return
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true }))
    lchownSync(join(entry.parentPath, entry.name), uid, gid)
}

/** The programs where npm put them if the account can run them there, else a copy in `home`. */
async function runnablePrograms(account: Account, home: string): Promise<string> {
  const binaries = findBinaries()
  const tried: string[] = []
  const places = [
    () => (linkLibraries(binaries.folder) ? binaries.folder : null),
    () => copyBinaries(binaries, home),
  ]
  for (const place of places) {
    const folder = place()
    if (folder === null) continue
    const { code, output } = await runAs(account, programPath(folder, 'postgres'), ['--version'])
    if (code === 0) return folder
    tried.push(`${folder}: ${output || `exit code ${code}`}`)
  }
  rmSync(join(home, `postgresql-${binaries.version}`), { recursive: true, force: true })
  throw new Error(
    `PostgreSQL's programs do not run here.\n  ${tried.join('\n  ')}\n` +
      'Remedy: they need glibc (a Debian, Ubuntu, Red Hat or similar system; not Alpine) and a folder not mounted with noexec; ' +
      'or set DATABASE_URL to a PostgreSQL of version 15 or newer.',
  )
}
