import type { ReactNode } from 'react'

export interface WaterfallStep {
  key: string
  label: ReactNode
  /** Signed for a change; the level itself for `level`. */
  value: number
  /** `level`: a balance drawn from zero; `change`: what is added or taken from the level before. */
  kind: 'level' | 'change'
  note?: ReactNode
}

export interface Bar {
  from: number
  to: number
}

/** Where each bar begins and ends: a level starts at zero, a change starts where the last bar ended. */
export function waterfallBars(steps: readonly WaterfallStep[]): Bar[] {
  let level = 0
  return steps.map(step => {
    const from = step.kind === 'level' ? 0 : level
    level = step.kind === 'level' ? step.value : level + step.value
    return { from, to: level }
  })
}
