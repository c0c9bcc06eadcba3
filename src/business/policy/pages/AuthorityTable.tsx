import { Select } from 'antd'
import { ActionButton, FieldInput, Stack } from '../../../ui/index.ts'
import type { Policy } from '../contract.ts'

export type AuthorityRow = Policy['authority'][number]

interface AuthorityTableProps {
  policy: Policy
  authority: readonly AuthorityRow[]
  onChange: (authority: readonly AuthorityRow[]) => void
}

/** Who decides up to which amount. A request that is not named here is decided by whoever holds the permission, as before. */
export function AuthorityTable({ policy, authority, onChange }: AuthorityTableProps) {
  const change = (at: number, part: Partial<AuthorityRow>) =>
    onChange(authority.map((one, place) => (place === at ? { ...one, ...part } : one)))
  const first = policy.deciders.find(one => one.permission === 'credit.approve') ?? policy.deciders[0]
  return (
    <Stack>
      <p className="ui-faint">
        申請者とは別の人（2人目）が決裁できる金額を、役割ごとに定めます。表にある承認では、金額を満たす役割の人だけが決裁できます。金額の定まらない申請は、上限のない役割が決裁します。
      </p>
      {authority.map((one, at) => {
        const roles = policy.deciders.find(known => known.permission === one.permission)?.roles ?? []
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
          <div key={at} className="ui-row">
            <Select
              aria-label={`決裁権限${at + 1}件目の承認`}
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
            <Select
              aria-label={`決裁権限${at + 1}件目の役割`}
              value={one.role}
              style={{ width: 180 }}
              onChange={role => change(at, { role })}
              options={roles}
            />
            <FieldInput
              field={{
                name: `authority.${at}.uptoYen`,
                type: 'yen',
                label: 'この金額まで（空欄は上限なし）',
              }}
              value={one.uptoYen}
              onChange={uptoYen => change(at, { uptoYen })}
            />
            <ActionButton
              size="small"
              kind="quiet"
              disabledReason={null}
              onClick={() => onChange(authority.filter((_, place) => place !== at))}
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
              ...authority,
              {
                permission: first.permission,
                role:
                  first.roles.find(
                    role =>
                      !authority.some(one => one.permission === first.permission && one.role === role.value),
                  )?.value ??
                  first.roles[0]?.value ??
                  '',
                uptoYen: null,
              },
            ])
          }
        >
          決裁権限を加える
        </ActionButton>
      </div>
    </Stack>
  )
}
