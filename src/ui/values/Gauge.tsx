import { words } from '../labels.ts'
import { type GaugeState, gaugeState } from './gauge-state.ts'
import { yenText } from './money-words.ts'
import { StatusTag, type Tone } from './StatusTag.tsx'
import './figures.css'

export interface GaugeProps {
  label: string
  used: number
  /** A second, paler part: promised but not yet used. */
  promised?: number
  /** Null: no limit is set, the amount alone is shown. */
  limit: number | null
  format?: (value: number) => string
  /** Words under the bar: expiry, who set it. */
  note?: string
}

/** How each state of a limit looks and is called. */
export const gaugeLooks: Readonly<Record<GaugeState, { tone: Tone; word: string }>> = {
  room: { tone: 'success', word: words.values.gaugeOk },
  near: { tone: 'warning', word: words.values.gaugeNear },
  full: { tone: 'warning', word: words.values.gaugeFull },
  over: { tone: 'danger', word: words.values.gaugeOver },
}

/** How much of a limit is taken: amount, bar, percent and word. */
export function Gauge({ label, used, promised = 0, limit, format = yenText, note }: GaugeProps) {
  const taken = used + promised
  const state = limit === null ? null : gaugeState(taken, limit)
  const percent =
    limit === null ? null : limit === 0 ? (taken > 0 ? 999 : 0) : Math.floor((taken * 100) / limit)
  return (
    <div className="ui-gauge">
      <div className="ui-gauge-head">
        <span className="ui-gauge-label">{label}</span>
        {state && <StatusTag {...gaugeLooks[state]} />}
      </div>
      <div className="ui-gauge-amount">
        <strong>{format(taken)}</strong>
        {limit !== null && <span className="ui-faint"> / {format(limit)}</span>}
        {percent !== null && <span className="ui-gauge-percent">{percent > 998 ? '—' : `${percent}%`}</span>}
      </div>
      {limit !== null && state && (
        // biome-ignore lint/a11y/useSemanticElements: a meter element cannot hold two parts
        <div
          className="ui-gauge-bar"
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={limit}
          aria-valuenow={Math.min(taken, limit)}
          aria-valuetext={`${format(taken)} / ${format(limit)} ${gaugeLooks[state].word}`}
        >
          <span className={`ui-gauge-used ui-gauge-${state}`} style={{ width: share(used, limit) }} />
          {promised > 0 && (
            <span
              className={`ui-gauge-used ui-gauge-promised ui-gauge-${state}`}
              style={{ width: share(promised, limit) }}
            />
          )}
          <span className="ui-gauge-mark" />
        </div>
      )}
      {note && <p className="ui-gauge-note">{note}</p>}
    </div>
  )
}

function share(part: number, limit: number): string {
  return limit === 0 ? '100%' : `${Math.min(100, (part * 100) / limit)}%`
}
