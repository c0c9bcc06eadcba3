import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Outcome {
  /** Exit code; -1 when the program could not be started or was ended by a signal. */
  code: number
  output: string
}

/** Under which account PostgreSQL's programs run. It refuses to run as root, so root needs one of the last two. */
export interface Account {
  kind: 'own' | 'namespace' | 'switched'
  /** One sentence for the operator. */
  how: string
  uid: number
  gid: number
}

const isWindows = process.platform === 'win32'

export function runsAsRoot(): boolean {
  return !isWindows && process.getuid!() === 0
}

/** The account this process runs under. */
export function ownAccount(): Account {
  const uid = isWindows ? 0 : process.getuid!()
  const gid = isWindows ? 0 : process.getgid!()
  return {
    kind: 'own',
    how: isWindows ? 'as the current user' : `as the current user (uid ${uid})`,
    uid,
    gid,
  }
}

/** Root seen as an unprivileged user: files stay root's on disk, and folders only root may enter stay readable. */
export function namespaceAccount(): Account {
  const { uid } = serviceLogin()
  return {
    kind: 'namespace',
    how: 'in a user namespace, because PostgreSQL does not run as root',
    uid,
    gid: uid,
  }
}

/** Another login, by number. */
export function switchedAccount(uid: number, gid: number): Account {
  return {
    kind: 'switched',
    how: `as the unprivileged user ${uid}, because PostgreSQL does not run as root`,
    uid,
    gid,
  }
}

/** The login "daicho" where the machine has one, else "nobody"; initdb needs a login that is listed. */
export function serviceLogin(): { uid: number; gid: number } {
  const logins = new Map<string, { uid: number; gid: number }>()
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) logins.set(name, { uid: Number(uid), gid: Number(gid) })
  }
  const login = logins.get('daicho') ?? logins.get('nobody')
  if (!login)
    throw new Error(
      'PostgreSQL does not run as root and this machine has no login "daicho" or "nobody". Remedy: useradd --system daicho',
    )
  return login
}

/** Runs a program to its end under the account. The environment is ours: PGPORT, PGOPTIONS or LANG of the caller must not leak in. */
export function runAs(account: Account, program: string, args: readonly string[]): Promise<Outcome> {
  const command =
    account.kind === 'namespace'
      ? [
          'unshare',
          '--user',
          `--map-user=${account.uid}`,
          `--map-group=${account.gid}`,
          '--',
          program,
          ...args,
        ]
      : [program, ...args]
  const switched = account.kind === 'switched' ? { uid: account.uid, gid: account.gid } : {}
  return new Promise(resolve => {
    const child = spawn(command[0]!, command.slice(1), {
      ...switched,
      cwd: isWindows ? undefined : '/',
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    child.stdout.on('data', chunk => (output += String(chunk)))
    child.stderr.on('data', chunk => (output += String(chunk)))
    child.on('error', error => resolve({ code: -1, output: error.message }))
    child.on('close', code => resolve({ code: code ?? -1, output: output.trim() }))
  })
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const system = isWindows ? { SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP } : {}
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', ...system }
}
