import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../bin/daicho.mjs', import.meta.url))
const READY_WITHIN_MS = 180_000

/**
 * `npm run bench -- start`: seconds from the command to `GET /` answering 200, on an empty data folder (which makes the database,
 * the demo data and the web build) and again on the folder that has them; how long a clean stop takes, and the peak memory of the
 * server process (the first start builds the web in it).
 */
export async function bench(_args: string[]): Promise<Record<string, unknown>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-start-'))
  try {
    const first = await startAndStop(dataDir)
    const second = await startAndStop(dataDir)
    return {
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      stopSeconds: second.stopSeconds,
      firstPeakMiB: first.peakMiB,
      peakMiB: second.peakMiB,
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function startAndStop(
  dataDir: string,
): Promise<{ seconds: number; stopSeconds: number; peakMiB: number }> {
  const started = performance.now()
  const child = spawn('node', [launcher, 'start'], {
    env: { ...process.env, PORT: '0', DAICHO_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    const url = await printedUrl(child)
    const answer = await fetch(url)
    await answer.text()
    if (answer.status !== 200) throw new Error(`GET ${url} answered ${answer.status}`)
    const seconds = secondsSince(started)
    const peakMiB = peakMemoryMiB(child.pid!)
    const stopping = performance.now()
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`the stop ended with ${code}`)
    return { seconds, stopSeconds: secondsSince(stopping), peakMiB }
  } finally {
    child.kill('SIGTERM')
  }
}

function secondsSince(moment: number): number {
  return Math.round(performance.now() - moment) / 1000
}

/** The address in the line the start prints when it is ready. */
function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const late = setTimeout(
      () => reject(new Error(`not ready after ${READY_WITHIN_MS / 1000} s:\n${output}`)),
      READY_WITHIN_MS,
    )
    const listen = (chunk: Buffer) => {
      output += String(chunk)
      const url = /ready: (https?:\/\/\S+)/.exec(output)?.[1]
      if (!url) return
      clearTimeout(late)
      resolve(url)
    }
    child.stdout!.on('data', listen)
    child.stderr!.on('data', listen)
    child.on('exit', code => {
      clearTimeout(late)
      reject(new Error(`the start ended with ${code}:\n${output}`))
    })
  })
}

/** The largest resident size of the server, which is the launcher's child; 0 where the system does not tell. */
function peakMemoryMiB(launcherPid: number): number {
  if (process.platform !== 'linux') return 0
  const children = readFileSync(`/proc/${launcherPid}/task/${launcherPid}/children`, 'utf8').trim().split(' ')
  const pids = [String(launcherPid), ...children.filter(Boolean)]
  const peaks = pids.map(pid =>
    Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  )
  return Math.round(Math.max(...peaks) / 1024)
}
