import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export interface Outcome {
  ok: boolean
  output: string
}

/** Runs a program to its end; a program that cannot be started is an outcome too. */
export function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
  timeoutMs = 30_000,
): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(
      program,
      args,
      { env: { ...process.env, ...env }, timeout: timeoutMs, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) =>
        resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() || (error?.message ?? '') }),
    )
  })
}

/** The first of the programs which lies in PATH. */
export function inPath(names: readonly string[]): string | null {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter))
      if (folder && existsSync(join(folder, name))) return join(folder, name)
  return null
}

/** Where unpacked things are kept from one run to the next. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'daicho')
}

/** Installs Debian packages when this is root on Debian or Ubuntu; otherwise, and on failure, says why not. */
export async function installDebianPackages(
  names: readonly string[],
  log: (line: string) => void,
): Promise<Outcome> {
  if (process.platform !== 'linux' || !existsSync('/etc/debian_version') || inPath(['apt-get']) === null)
    return { ok: false, output: 'this is not Debian or Ubuntu' }
  if (process.getuid?.() !== 0) return { ok: false, output: 'only root can install Debian packages' }
  log(`installing ${names.join(', ')} with apt-get`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    run('apt-get', ['install', '--yes', '--no-install-recommends', ...names], quiet, 600_000)
  const first = await install()
  if (first.ok) return first
  // The package lists of a fresh image are empty or old.
  const update = await run('apt-get', ['update'], quiet, 120_000)
  return update.ok ? await install() : update
}
