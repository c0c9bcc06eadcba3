import { FieldInput } from '../../../ui/index.ts'
import { penaltyTriggers } from '../../contracts/contract.ts'
import { penaltyTriggerLabels } from '../../contracts/labels.ts'
import type { PlanPenalty } from '../parameters.ts'
import { EditableRows } from './EditableRows.tsx'
import type { TypedCharge } from './typed-plan.ts'

interface RowsProps<Row> {
  rows: readonly Row[] | null
  onChange: (rows: Row[] | null) => void
}

/** The fixed fees a contract may ask of the client; without a list the plan bounds none. */
export function ChargeRows({ rows, onChange }: RowsProps<TypedCharge>) {
  return (
    <Bounds
      name="charges"
      label="諸費用（利用者負担）"
      sentence="契約で定められる諸費用を、この一覧に限る"
      more="諸費用を加える"
      rows={rows}
      empty={{ kind: '', mostYen: null }}
      onChange={onChange}
    >
      {(row, at, change) => (
        <>
          <FieldInput
            field={{
              name: `parameters.charges.${at}.kind`,
              type: 'text',
              label: '名前',
              required: true,
              maxLength: 50,
              ...(at === 0 ? { example: '事務手数料' } : {}),
            }}
            value={row.kind}
            onChange={kind => change({ kind })}
          />
          <FieldInput
            field={{
              name: `parameters.charges.${at}.mostYen`,
              type: 'yen',
              label: '上限額（税抜）',
              required: true,
              width: 'short',
            }}
            value={row.mostYen}
            onChange={mostYen => change({ mostYen })}
          />
        </>
      )}
    </Bounds>
  )
}

/** The penalties a contract may agree, each up to a sum or a share of the price; without a list the plan bounds none. */
export function PenaltyRows({ rows, onChange }: RowsProps<PlanPenalty>) {
  const free = penaltyTriggers.find(trigger => !rows?.some(row => row.trigger === trigger))
  return (
    <Bounds
      name="penalties"
      label="違約金"
      sentence="契約で定められる違約金を、この一覧に限る"
      more="違約金を加える"
      rows={rows}
      empty={{ trigger: free ?? 'other', mostYen: null, mostPpm: null }}
      onChange={onChange}
    >
      {(row, at, change) => (
        <>
          <FieldInput
            field={{
              name: `parameters.penalties.${at}.trigger`,
              type: 'choice',
              label: '事由',
              required: true,
              options: Object.entries(penaltyTriggerLabels).map(([value, label]) => ({ value, label })),
            }}
            value={row.trigger}
            onChange={trigger => trigger && change({ trigger: trigger as PlanPenalty['trigger'] })}
          />
          <FieldInput
            field={{
              name: `parameters.penalties.${at}.mostYen`,
              type: 'yen',
              label: '上限額',
              width: 'short',
            }}
            value={row.mostYen}
            onChange={mostYen => change({ mostYen, mostPpm: null })}
          />
          <FieldInput
            field={{
              name: `parameters.penalties.${at}.mostPpm`,
              type: 'rate',
              label: 'または代金に対する上限',
              width: 'short',
            }}
            value={row.mostPpm}
            onChange={mostPpm => change({ mostPpm, mostYen: null })}
          />
        </>
      )}
    </Bounds>
  )
}

interface BoundsProps<Row> extends RowsProps<Row> {
  name: string
  label: string
  sentence: string
  more: string
  empty: Row
  children: (row: Row, at: number, change: (part: Partial<Row>) => void) => React.ReactNode
}

const MOST = 10

function Bounds<Row>({ name, label, sentence, more, rows, empty, onChange, children }: BoundsProps<Row>) {
  return (
    <div className="ui-field ui-field-full">
      <FieldInput
        field={{ name: `parameters.${name}`, type: 'bool', label, sentence }}
        value={rows !== null}
        onChange={bounded => onChange(bounded ? [] : null)}
      />
      {rows && (
        <EditableRows rows={rows} onChange={onChange} empty={empty} most={MOST} more={more}>
          {children}
        </EditableRows>
      )}
    </div>
  )
}
