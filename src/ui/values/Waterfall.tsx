import type { ReactNode } from 'react'
import { yenText } from './money-words.ts'
import './figures.css'

export interface WaterfallStep {
  key: string
  label: ReactNode
  /** Signed for a change; the level itself for `level`. */
  value: number
  /** `level`: a balance drawn from zero; `change`: what is added or taken from the level before. */
  kind: 'level' | 'change'
  note?: ReactNode
}

interface WaterfallProps {
  label: string
  steps: readonly WaterfallStep[]
  format?: (value: number) => string
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

/** How one amount becomes another: face value → fee → payout, or the points of a score. A table whose bars only repeat the numbers. */
export function Waterfall({ label, steps, format = yenText }: WaterfallProps) {
  const bars = waterfallBars(steps)
  const low = Math.min(0, ...bars.flatMap(bar => [bar.from, bar.to]))
  const high = Math.max(1, ...bars.flatMap(bar => [bar.from, bar.to]))
  const place = (value: number) => ((value - low) * 100) / (high - low)
  return (
    <table className="ui-waterfall">
      <caption className="ui-hidden">{label}</caption>
      <tbody>
        {steps.map((step, at) => {
          const bar = bars[at]!
          const left = place(Math.min(bar.from, bar.to))
          return (
            <tr key={step.key} data-kind={step.kind}>
              <th scope="row">
                {step.label}
                {step.note && <span className="ui-waterfall-note">{step.note}</span>}
              </th>
              <td className="ui-waterfall-track" aria-hidden="true">
                <span
                  className={
                    step.kind === 'level' ? 'ui-bar-level' : step.value < 0 ? 'ui-bar-down' : 'ui-bar-up'
                  }
                  style={{
                    left: `${left}%`,
                    width: `${Math.max(0.6, place(Math.max(bar.from, bar.to)) - left)}%`,
                  }}
                />
              </td>
              <td className="ui-waterfall-value" data-negative={step.value < 0 || undefined}>
                {step.kind === 'change' && step.value > 0 ? '+' : ''}
                {format(step.value)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
