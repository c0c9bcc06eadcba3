/** Edit distance on slices of flat code-unit arrays; allocates nothing per call. */

const MAX = 64
const previous2 = new Uint8Array(MAX + 1)
const previous = new Uint8Array(MAX + 1)
const current = new Uint8Array(MAX + 1)

/**
 * Optimal string alignment distance of a[aStart, aEnd) and b[bStart, bEnd): insert, delete, replace, swap of neighbours.
 * Answers `limit + 1` as soon as the distance must exceed `limit`. Only the first 64 code units are looked at.
 */
export function boundedDistance(
  a: Uint16Array,
  aStart: number,
  aEnd: number,
  b: Uint16Array,
  bStart: number,
  bEnd: number,
  limit: number,
): number {
  let aFrom = aStart
  let bFrom = bStart
  let aTo = Math.min(aEnd, aStart + MAX)
  let bTo = Math.min(bEnd, bStart + MAX)
  if (Math.abs(aTo - aFrom - (bTo - bFrom)) > limit) return limit + 1
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
    aFrom++
    bFrom++
  }
  while (aTo > aFrom && bTo > bFrom && a[aTo - 1] === b[bTo - 1]) {
    aTo--
    bTo--
  }
  const n = aTo - aFrom
  const m = bTo - bFrom
  if (n === 0 || m === 0) return Math.min(limit + 1, n + m)
  return fillTable(a, aFrom, n, b, bFrom, m, limit)
}

function fillTable(
  a: Uint16Array,
  aFrom: number,
  n: number,
  b: Uint16Array,
  bFrom: number,
  m: number,
  limit: number,
): number {
  for (let j = 0; j <= m; j++) previous[j] = j
  for (let i = 1; i <= n; i++) {
    const unit = a[aFrom + i - 1]
    current[0] = i
    let best = i
    for (let j = 1; j <= m; j++) {
      const other = b[bFrom + j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (unit === other ? 0 : 1))
      const swapped = i > 1 && j > 1 && unit === b[bFrom + j - 2] && a[aFrom + i - 2] === other
      if (swapped) cost = Math.min(cost, previous2[j - 2]! + 1)
      current[j] = cost
      if (cost < best) best = cost
    }
    if (best > limit) return limit + 1
    previous2.set(previous.subarray(0, m + 1))
    previous.set(current.subarray(0, m + 1))
  }
  return Math.min(limit + 1, previous[m]!)
}
