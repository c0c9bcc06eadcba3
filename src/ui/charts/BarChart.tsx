import { Chart, type ChartProps } from './Chart.tsx'

/** Bars with a table behind them: by age, by day, by share. */
export const BarChart = (props: Omit<ChartProps, 'kind'>) => <Chart {...props} kind="bar" />

/** A line over time with a table behind it. */
export const LineChart = (props: Omit<ChartProps, 'kind' | 'stacked' | 'sideways'>) => (
  <Chart {...props} kind="line" />
)
