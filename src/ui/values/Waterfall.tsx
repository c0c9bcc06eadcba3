import { yenText } from './money-words.ts'
import { type WaterfallStep, waterfallBars } from './waterfall-bars.ts'
import './figures.css'

interface WaterfallProps {
  label: string
  steps: readonly WaterfallStep[]
  format?: (value: number) => string
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
