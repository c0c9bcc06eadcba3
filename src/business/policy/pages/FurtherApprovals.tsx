import { Select } from 'antd'
import { ActionButton, FieldInput, Stack } from '../../../ui/index.ts'
import type { Policy } from '../contract.ts'

type Further = Policy['furtherApprovals'][number]

interface FurtherApprovalsProps {
  policy: Policy
  further: readonly Further[]
  onChange: (further: readonly Further[]) => void
}

/** Who must approve besides the second person, and from which amount on. The second person cannot be taken away here. */
export function FurtherApprovals({ policy, further, onChange }: FurtherApprovalsProps) {
  const change = (at: number, part: Partial<Further>) =>
    onChange(further.map((one, place) => (place === at ? { ...one, ...part } : one)))
  const first = policy.deciders[0]
  return (
    <Stack>
      <p className="ui-faint">
        どの申請も、申請者とは別の人の承認が必ず必要です。ここでは、さらにもう一人の承認が必要になる場合を加えます（金額の分からない申請には常に必要です）。
      </p>
      {further.map((one, at) => {
        const roles = policy.deciders.find(known => known.permission === one.permission)?.roles ?? []
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
          <div key={at} className="ui-row">
            <Select
              aria-label={`${at + 1}件目の承認`}
              value={one.permission}
              showSearch
              optionFilterProp="label"
              style={{ width: 320 }}
              onChange={permission =>
                change(at, {
                  permission,
                  role: policy.deciders.find(known => known.permission === permission)?.roles[0]?.value ?? '',
                })
              }
              options={policy.deciders.map(known => ({ value: known.permission, label: known.label }))}
            />
            <FieldInput
              field={{
                name: `furtherApprovals.${at}.fromYen`,
                type: 'yen',
                label: 'この金額以上（空欄は全て）',
              }}
              value={one.fromYen}
              onChange={fromYen => change(at, { fromYen })}
            />
            <Select
              aria-label={`${at + 1}件目の役割`}
              value={one.role}
              style={{ width: 180 }}
              onChange={role => change(at, { role })}
              options={roles}
            />
            <ActionButton
              size="small"
              kind="quiet"
              disabledReason={null}
              onClick={() => onChange(further.filter((_, place) => place !== at))}
            >
              削除
            </ActionButton>
          </div>
        )
      })}
      <div>
        <ActionButton
          disabledReason={first ? null : '承認の権限がありません。'}
          onClick={() =>
            first &&
            onChange([
              ...further,
              { permission: first.permission, fromYen: null, role: first.roles[0]?.value ?? '' },
            ])
          }
        >
          承認を加える
        </ActionButton>
      </div>
    </Stack>
  )
}
