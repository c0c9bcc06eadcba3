/** 42 → 42秒, 95 → 2分, 3700 → 1時間2分: rounded up, so that the promise is kept. */
export function sayDuration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))}秒`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return `${minutes}分`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)}時間${rest > 0 ? `${rest}分` : ''}`
}
