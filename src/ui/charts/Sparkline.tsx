import { linePoints, type SeriesTone } from './chart-data.ts'
import './charts.css'

interface SparklineProps {
  /** Said instead of the line, e.g. 「過去12か月：1.2% から 0.8%」. */
  label: string
  values: readonly number[]
  tone?: SeriesTone
  width?: number
  height?: number
}

/** A word-sized line without axes; its last point is marked. */
export function Sparkline({ label, values, tone = 'accent', width = 96, height = 24 }: SparklineProps) {
  const points = linePoints(values, width - 6, height - 6)
  const last = points.split(' ').at(-1)?.split(',')
  return (
    <svg
      className={`ui-spark ui-spark-${tone}`}
      width={width}
      height={height}
      viewBox={`-3 -3 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polyline points={points} />
      {last && last.length === 2 && <circle cx={last[0]} cy={last[1]} r="2.4" />}
    </svg>
  )
}
