import { Waterfall } from '../../../ui/index.ts'
import type { StoredReason } from '../tables.ts'

interface BitsWaterfallProps {
  label: string
  reasons: readonly StoredReason[]
  bands: { sameBits: number; reviewBits: number }
}

/**
 * How the score of a pair came about: each field adds to or takes from the sum of log2 odds, largest first. One bit more doubles the
 * odds that the two are one company. The bars only repeat the numbers of the table.
 */
export function BitsWaterfall({ label, reasons, bands }: BitsWaterfallProps) {
  const shown = reasons.filter(reason => Math.abs(reason.bits) >= 0.05)
  const total = reasons.reduce((sum, reason) => sum + reason.bits, 0)
  return (
    <Waterfall
      label={label}
      format={bits}
      steps={[
        ...shown.map(reason => {
          const [field, level] = reason.sentence.split('：')
          return {
            key: reason.rule,
            label: field,
            note: level,
            value: reason.bits,
            kind: 'change' as const,
          }
        }),
        {
          key: 'total',
          label: '合計',
          note: `${bits(bands.sameBits)} 以上でほぼ確実、${bits(bands.reviewBits)} 以上で要確認`,
          value: total,
          kind: 'level' as const,
        },
      ]}
    />
  )
}

function bits(value: number): string {
  return value.toFixed(1)
}
