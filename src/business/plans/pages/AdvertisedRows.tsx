import { ActionButton, FieldInput } from '../../../ui/index.ts'
import type { Advertised } from '../contract.ts'

interface AdvertisedRowsProps {
  rows: readonly Advertised[]
  onChange: (rows: readonly Advertised[]) => void
}

const MOST = 20

/** What is advertised, each with its source; two that contradict stay both (FF §5). */
export function AdvertisedRows({ rows, onChange }: AdvertisedRowsProps) {
  const change = (at: number, part: Partial<Advertised>) =>
    onChange(rows.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <div className="ui-field ui-field-full">
      <p className="ui-faint" style={{ margin: 0 }}>
        広告の表示（「最短60分」など）。出所とともに残します。金額や手数料の範囲は、上の条件だけで決まります。
      </p>
      {rows.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
        <div key={at} className="ui-row">
          <FieldInput
            field={{
              name: `advertised.${at}.text`,
              type: 'text',
              label: '文言',
              required: true,
              maxLength: 200,
              ...(at === 0 ? { example: '最短即日' } : {}),
            }}
            value={one.text}
            onChange={text => change(at, { text })}
          />
          <FieldInput
            field={{
              name: `advertised.${at}.figure`,
              type: 'text',
              label: '数値',
              maxLength: 60,
              ...(at === 0 ? { example: '1%〜' } : {}),
              width: 'short',
            }}
            value={one.figure}
            onChange={figure => change(at, { figure })}
          />
          <FieldInput
            field={{
              name: `advertised.${at}.source`,
              type: 'text',
              label: '出所',
              required: true,
              maxLength: 200,
              ...(at === 0 ? { example: '自社サイト 2026年11月' } : {}),
            }}
            value={one.source}
            onChange={source => change(at, { source })}
          />
          <ActionButton
            size="small"
            kind="quiet"
            disabledReason={null}
            onClick={() => onChange(rows.filter((_, place) => place !== at))}
          >
            削除
          </ActionButton>
        </div>
      ))}
      <div>
        <ActionButton
          size="small"
          disabledReason={rows.length < MOST ? null : `${MOST}件までです。`}
          onClick={() => onChange([...rows, { text: '', figure: '', source: '' }])}
        >
          広告の表示を加える
        </ActionButton>
      </div>
    </div>
  )
}
