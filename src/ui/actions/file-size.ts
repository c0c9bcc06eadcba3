/** 5242880 → 5 MB; one decimal under ten. */
export function sayBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB'] as const
  let size = bytes / 1024
  let at = 0
  while (size >= 1024 && at < units.length - 1) {
    size /= 1024
    at += 1
  }
  return `${size < 10 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[at]}`
}

/** Whether a file name ends in one of the accepted endings (['.pdf']); an empty list accepts all. */
export function endsWithOne(name: string, accept: readonly string[]): boolean {
  return accept.length === 0 || accept.some(ending => name.toLowerCase().endsWith(ending.toLowerCase()))
}
