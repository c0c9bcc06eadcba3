import { statfs } from 'node:fs/promises'

/** Below this PostgreSQL may be unable to write its journal: 512 MiB. */
export const LOW_SPACE_BYTES = 512 * 1024 * 1024

/** Bytes this process may still write under the path. */
export async function freeSpace(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return bavail * bsize
}

/** True when the disk of any of the paths is nearly full; readiness answers 503 then, so that no new work is begun. */
export async function isDiskNearlyFull(
  paths: readonly string[],
  lowBytes = LOW_SPACE_BYTES,
): Promise<boolean> {
  const free = await Promise.all(paths.map(freeSpace))
  return free.some(bytes => bytes < lowBytes)
}
