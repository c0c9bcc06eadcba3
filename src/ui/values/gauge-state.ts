export type GaugeState = 'room' | 'near' | 'full' | 'over'

/** Over 100 %, at 100 %, from 80 %, or with room; a limit of 0 is full by any use at all. */
export function gaugeState(used: number, limit: number): GaugeState {
  if (used > limit) return 'over'
  if (used === limit) return 'full'
  return used * 5 >= limit * 4 ? 'near' : 'room'
}
