import { Segmented } from 'antd'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { words } from '../labels.ts'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import type { Palette } from '../theme/palette.ts'
import { palettes } from '../theme/palette.ts'
import { fontFamily } from '../theme/theme.ts'
import { useUi } from '../theme/UiProvider.tsx'
import './charts.css'
import { type ChartData, chartSentence, type SeriesTone, tonesOf } from './chart-data.ts'

export interface ChartProps extends ChartData {
  kind: 'bar' | 'line'
  /** Bars upon each other instead of beside. */
  stacked?: boolean
  /** Bars lying down; for long category names. */
  sideways?: boolean
  format: (value: number) => string
  /** Shorter form for the axis. */
  formatAxis?: (value: number) => string
  height?: number
  /** Drill-down: the category a person clicked. */
  onChoose?: (category: string) => void
}

const views = [
  { value: 'picture', label: words.values.asChart },
  { value: 'table', label: words.values.asTable },
] as const

/** A picture with its table. ECharts is fetched only when a picture is first shown. */
export function Chart(props: ChartProps) {
  const [view, setView] = useState<'picture' | 'table'>('picture')
  return (
    <figure className="ui-chart">
      <Segmented size="small" options={[...views]} value={view} onChange={setView} aria-label={props.label} />
      {view === 'picture' ? (
        <Picture {...props} onFail={() => setView('table')} />
      ) : (
        <ChartTable {...props} />
      )}
    </figure>
  )
}

function Picture(props: ChartProps & { onFail: () => void }) {
  const box = useRef<HTMLDivElement>(null)
  useDrawing(box, props)
  return (
    <div
      ref={box}
      role="img"
      aria-label={chartSentence(props, props.format)}
      style={{ height: props.height ?? 240 }}
    />
  )
}

/** Draws and redraws; nothing on the picture moves, since it is read, not watched. */
function useDrawing(box: RefObject<HTMLDivElement | null>, props: ChartProps & { onFail: () => void }): void {
  const { theme } = useUi()
  const option = chartOption(props, palettes[theme])
  const latest = useRef({ option, ...props })
  latest.current = { option, ...props }
  const drawn = useRef<{ setOption(option: object, settings: object): void } | null>(null)
  const key = JSON.stringify([
    props.categories,
    props.series,
    theme,
    props.kind,
    props.stacked,
    props.sideways,
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the drawing differs
  useEffect(() => {
    drawn.current?.setOption(latest.current.option, { notMerge: true })
  }, [key])
  useEffect(() => {
    const element = box.current
    if (!element) return
    let gone = false
    let dispose: (() => void) | null = null
    import('./echarts-parts.ts')
      .then(({ echarts }) => {
        if (gone) return
        const chart = echarts.init(element, null, { renderer: 'canvas' })
        drawn.current = chart
        chart.setOption(latest.current.option)
        chart.on('click', event => latest.current.onChoose?.(String(event.name)))
        const observer = new ResizeObserver(() => chart.resize())
        observer.observe(element)
        dispose = () => {
          observer.disconnect()
          chart.dispose()
          drawn.current = null
        }
      })
      .catch((error: unknown) => {
        console.error('the picture could not be loaded; its table is shown', error)
        if (!gone) latest.current.onFail()
      })
    return () => {
      gone = true
      dispose?.()
    }
  }, [box])
}

function chartOption(props: ChartProps, palette: Palette) {
  const { categories, series, kind, stacked, sideways, format, formatAxis = format } = props
  const tones = tonesOf(series)
  const names = {
    type: 'category' as const,
    data: [...categories],
    axisLine: { lineStyle: { color: palette.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: palette.textSoft, fontSize: 12 },
    inverse: sideways ?? false,
  }
  const amounts = {
    type: 'value' as const,
    axisLabel: { color: palette.textFaint, fontSize: 11, formatter: formatAxis, hideOverlap: true },
    splitLine: { lineStyle: { color: palette.line } },
  }
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: { left: 4, right: 12, top: 34, bottom: 2, outerBoundsMode: 'same' },
    legend: {
      show: series.length > 1,
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: palette.textSoft, fontSize: 12 },
    },
    tooltip: {
      trigger: 'axis' as const,
      axisPointer: { type: kind === 'bar' ? ('shadow' as const) : ('line' as const) },
      backgroundColor: palette.raised,
      borderColor: palette.lineStrong,
      textStyle: { color: palette.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : words.values.none),
    },
    xAxis: sideways ? amounts : names,
    yAxis: sideways ? names : amounts,
    series: series.map((one, at) => ({
      type: kind,
      name: one.name,
      data: [...one.values],
      stack: stacked ? 'all' : undefined,
      itemStyle: { color: colourOf(tones[at]!, kind, palette), borderRadius: stacked ? 0 : [2, 2, 0, 0] },
      lineStyle: { width: 2 },
      symbolSize: 5,
      barMaxWidth: 26,
    })),
  }
}

function colourOf(tone: SeriesTone, kind: ChartProps['kind'], palette: Palette): string {
  if (tone === 'accent') return kind === 'bar' ? palette.accent : palette.accentText
  if (tone === 'neutral') return palette.lineInput
  return palette[`${tone}Fill`]
}

/** The same numbers as a table: for those who do not see the picture, and for those who copy into a sheet. */
function ChartTable({ label, categories, series, format }: ChartProps) {
  return (
    <ScrollBox label={label} className="ui-chart-table">
      <table>
        <caption className="ui-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{words.values.item}</th>
            {series.map(one => (
              <th key={one.key} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {categories.map((category, at) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {series.map(one => {
                const value = one.values[at] ?? null
                return <td key={one.key}>{value === null ? words.values.none : format(value)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
