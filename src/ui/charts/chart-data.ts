/** Which of the kit's colours a series wears; the order below is used when none is named. */
export type SeriesTone = 'accent' | 'success' | 'warning' | 'danger' | 'neutral'

export interface ChartSeries {
  key: string
  name: string
  /** One per category; null where nothing was measured. */
  values: readonly (number | null)[]
  tone?: SeriesTone
}

export interface ChartData {
  /** Accessible name and caption of the table. */
  label: string
  categories: readonly string[]
  series: readonly ChartSeries[]
}

const toneOrder: readonly SeriesTone[] = ['accent', 'success', 'warning', 'neutral', 'danger']

/** The tone of each series: its own, else the next in order. */
export function tonesOf(series: readonly ChartSeries[]): SeriesTone[] {
  return series.map((one, at) => one.tone ?? toneOrder[at % toneOrder.length]!)
}

/** One sentence for screen readers in place of the picture: each series' last value. */
export function chartSentence(data: ChartData, format: (value: number) => string): string {
  const last = data.categories.length - 1
  const parts = data.series.map(one => {
    const value = one.values[last] ?? null
    return `${one.name} ${value === null ? '―' : format(value)}`
  })
  return `${data.label}。${data.categories[last] ?? ''}：${parts.join('、')}`
}

/** The points of a line through values in a box, `x,y x,y …`; gaps are left out, a flat line runs through the middle. */
export function linePoints(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return ''
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values
    .map(
      (value, at) =>
        `${round(at * step)},${round(span === 0 ? height / 2 : height - ((value - low) * height) / span)}`,
    )
    .join(' ')
}

const round = (value: number): number => Math.round(value * 10) / 10

/** Five steps, so that the tint can be named in a legend and keeps its contrast: 0 calm … 4 worst; undefined for nothing. */
export function heatStep(heat: number | null): 0 | 1 | 2 | 3 | 4 | undefined {
  if (heat === null) return undefined
  return Math.min(4, Math.max(0, Math.floor(heat * 5))) as 0 | 1 | 2 | 3 | 4
}
