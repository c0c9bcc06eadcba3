import { Card, FieldInput } from '../../../ui/index.ts'
import type { Batch } from '../contract.ts'

type Control = Batch['options']['control']

interface ControlCardProps {
  /** Columns of yen that are read. */
  fields: Batch['fields']
  control: Control
  onChange: (control: Control) => void
}

/** What the source says of itself: rows and totals, to be compared with what the file holds, to the yen. */
export function ControlCard({ fields, control, onChange }: ControlCardProps) {
  return (
    <Card
      title="移行元との突合"
      note="移行元の画面や帳票にある件数と合計を入れると、試し取込の結果と照らし合わせます（任意）"
    >
      <div className="imports-fields">
        <FieldInput
          field={{
            name: 'controlRows',
            type: 'number',
            label: '移行元の件数',
            unit: '件',
            help: '見出し・合計・対象外の行を除いた件数です。',
          }}
          value={control.rows}
          onChange={rows => onChange({ ...control, rows })}
        />
        {fields.map(({ name, label }) => (
          <FieldInput
            key={name}
            field={{ name: `control.${name}`, type: 'yen', label: `移行元の${label}の合計` }}
            value={control.yen[name] ?? null}
            onChange={yen => {
              const { [name]: _, ...others } = control.yen
              onChange({ ...control, yen: yen === null ? others : { ...others, [name]: yen } })
            }}
          />
        ))}
      </div>
    </Card>
  )
}
