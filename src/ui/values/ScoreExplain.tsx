import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { StatusTag, type StatusTagProps } from './StatusTag.tsx'
import './figures.css'

export interface ScorePart {
  key: string
  name: string
  /** Signed points. */
  points: number
  sentence: ReactNode
}

interface ScoreExplainProps {
  label: string
  score: number
  max: number
  /** The band the score falls into, as a state. */
  band: StatusTagProps
  parts: readonly ScorePart[]
  /** Version of the scorecard, when it was counted. */
  note?: string
}

/** A score with each of its parts: points left or right of zero, and the sentence why. */
export function ScoreExplain({ label, score, max, band, parts, note }: ScoreExplainProps) {
  const widest = Math.max(1, ...parts.map(part => Math.abs(part.points)))
  return (
    <section className="ui-score" aria-label={label}>
      <p className="ui-score-head">
        <strong>{score.toLocaleString('ja-JP')}</strong>
        <span className="ui-faint">
          / {max.toLocaleString('ja-JP')}
          {words.values.points}
        </span>
        <StatusTag {...band} />
        {note && <span className="ui-faint">{note}</span>}
      </p>
      <table className="ui-score-parts">
        <caption className="ui-hidden">{label}</caption>
        <tbody>
          {parts.map(part => (
            <tr key={part.key}>
              <th scope="row">{part.name}</th>
              <td className="ui-score-points" data-negative={part.points < 0 || undefined}>
                {part.points > 0 ? '+' : part.points < 0 ? '−' : '±'}
                {Math.abs(part.points)}
              </td>
              <td className="ui-score-track" aria-hidden="true">
                <span
                  className={part.points < 0 ? 'ui-bar-down' : 'ui-bar-up'}
                  style={{
                    width: `${(Math.abs(part.points) * 50) / widest}%`,
                    [part.points < 0 ? 'right' : 'left']: '50%',
                  }}
                />
              </td>
              <td className="ui-score-why">{part.sentence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
