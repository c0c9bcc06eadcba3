import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const WRITES = 200
const PAGE = Buffer.alloc(8192, 0x55)

/**
 * The median time, in milliseconds, in which the disk makes one appended page of 8 KiB durable. Every commit waits for this at
 * least once, so that figures of writes mean little without it. Measured in the folder given, the current one by default.
 */
export async function fdatasyncP50Ms(folder = process.cwd()): Promise<number> {
  const own = mkdtempSync(join(folder, '.disk-'))
  const file = openSync(join(own, 'journal'), 'w')
  const times: number[] = []
  try {
    for (let write = 0; write < WRITES; write++) {
      const started = performance.now()
      writeSync(file, PAGE)
      fdatasyncSync(file)
      times.push(performance.now() - started)
    }
  } finally {
    closeSync(file)
    rmSync(own, { recursive: true, force: true })
  }
  times.sort((a, b) => a - b)
  return Math.round(times[WRITES / 2]! * 1000) / 1000
}
