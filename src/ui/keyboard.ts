/** The row ↑ ↓ Home End lead to, stopping at the ends; null for other keys. */
export function rowAfter(at: number, count: number, key: string): number | null {
  if (key === 'ArrowDown') return Math.min(at + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(at - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** Where ← → Home End lead from tab `at`; null for other keys. */
export function tabAfter(at: number, count: number, key: string): number | null {
  if (count === 0) return null
  if (key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowLeft') return (at + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}

/** The row after ↑ or ↓, going round at both ends; 0 in an empty list. */
export function nextIndex(at: number, count: number, key: 'ArrowDown' | 'ArrowUp'): number {
  if (count === 0) return 0
  return (at + (key === 'ArrowDown' ? 1 : count - 1)) % count
}
