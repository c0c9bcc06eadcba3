import type { BatchOptions, Counts, YenSum } from './tables.ts'

export const yenText = (yen: number) => `${yen.toLocaleString('ja-JP')}円`

export interface ControlResult {
  field: string
  label: string
  stated: number
  found: number
  agrees: boolean
  sentence: string
}

interface Reconciled {
  row_count: number
  options: Pick<BatchOptions, 'control'>
  counts: Counts | null
  sums: YenSum[] | null
}

/** What the source says it holds against what the file holds: rows without headings and totals, and yen by column. */
export function controlResults({ row_count, options, counts, sums }: Reconciled): ControlResult[] {
  const { rows, yen } = options.control
  const results: ControlResult[] = []
  const say = (field: string, label: string, stated: number, found: number, unit: string) =>
    results.push({
      field,
      label,
      stated,
      found,
      agrees: stated === found,
      sentence:
        stated === found
          ? `一致（${found.toLocaleString('ja-JP')}${unit}）`
          : `不一致：移行元 ${stated.toLocaleString('ja-JP')}${unit}、ファイル ${found.toLocaleString('ja-JP')}${unit}（差 ${(found - stated).toLocaleString('ja-JP')}${unit}）`,
    })
  if (rows !== null)
    say('control.rows', '移行元の件数との突合', rows, row_count - (counts?.skipped ?? 0), '件')
  for (const sum of sums ?? []) {
    const stated = yen[sum.field]
    if (stated !== undefined)
      say(`control.${sum.field}`, `移行元の${sum.label}との突合`, stated, sum.fileYen, '円')
  }
  return results
}
