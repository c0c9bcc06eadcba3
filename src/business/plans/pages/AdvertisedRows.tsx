import { FieldInput } from '../../../ui/index.ts'
import type { Advertised } from '../contract.ts'
import { EditableRows } from './EditableRows.tsx'

interface AdvertisedRowsProps {
  rows: readonly Advertised[]
  onChange: (rows: readonly Advertised[]) => void
}

const MOST = 20

/** What is advertised, each with its source; two that contradict stay both (FF §5). */
export function AdvertisedRows({ rows, onChange }: AdvertisedRowsProps) {
  return (
    <div className="ui-field ui-field-full">
      <p className="ui-faint" style={{ margin: 0 }}>
        広告の表示（「最短60分」など）。出所とともに残します。金額や手数料の範囲は、上の条件だけで決まります。
      </p>
      <EditableRows
        rows={rows}
        onChange={onChange}
        empty={{ text: '', figure: '', source: '' }}
        most={MOST}
        more="広告の表示を加える"
      >
        {(one, at, change) => (
          <>
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
              onChange={text => change({ text })}
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
              onChange={figure => change({ figure })}
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
              onChange={source => change({ source })}
            />
          </>
        )}
      </EditableRows>
    </div>
  )
}
