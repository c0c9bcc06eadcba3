import { gaugeLooks } from './Gauge.tsx'
import { gaugeState } from './gauge-state.ts'
import { yenText } from './money-words.ts'
import { StatusTag } from './StatusTag.tsx'
import './figures.css'

/** How much of a limit is taken, small enough for a cell: a bar and a percentage while there is room, else the percentage and the word. */
export function UseBar({ used, limit }: { used: number; limit: number }) {
  const state = gaugeState(used, limit)
  const percent = limit > 0 ? Math.floor((used * 100) / limit) : null
  const detail = `${yenText(used)} / ${yenText(limit)}`
  if (state !== 'room' && used > 0)
    return (
      <StatusTag
        tone={gaugeLooks[state].tone}
        word={percent === null ? gaugeLooks[state].word : `${percent}% ${gaugeLooks[state].word}`}
        detail={detail}
      />
    )
  return (
    <span className="ui-use" title={detail}>
      <span className="ui-gauge-bar" aria-hidden="true">
        <span className="ui-gauge-used ui-gauge-room" style={{ width: `${percent ?? 0}%` }} />
      </span>
      {percent === null ? '—' : `${percent}%`}
    </span>
  )
}
