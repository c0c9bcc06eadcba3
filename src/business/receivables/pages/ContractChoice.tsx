import { useEffect, useEffectEvent } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { FieldInput } from '../../../ui/index.ts'
import { listContracts } from '../../contracts/contract.ts'
import { contractKindLabels, legalKindLabels } from '../../contracts/labels.ts'

interface ContractChoiceProps {
  clientId: string | null
  value: string | null
  onChange: (value: string | null) => void
}

/** The client's contracts that may be bought under today; the only one is chosen by itself. */
export function ContractChoice({ clientId, value, onChange }: ContractChoiceProps) {
  const contracts = useApi(
    listContracts,
    { partyId: clientId ?? '', state: ['executed', 'active'] },
    { enabled: clientId !== null },
  )
  const rows = clientId && contracts.state === 'ready' ? contracts.value.rows : []
  const only = rows.length === 1 ? rows[0]!.id : null
  const choose = useEffectEvent(onChange)
  useEffect(() => {
    if (only !== null) choose(only)
  }, [only])
  if (clientId === null || contracts.state !== 'ready') return null
  if (rows.length === 0)
    return (
      <p className="ui-faint">この顧客には締結済みの契約がありません。承認の前に契約を締結してください。</p>
    )
  return (
    <FieldInput
      field={{
        name: 'contractId',
        type: 'choice',
        label: '契約',
        help: '買取の条件（掛目・手数料）になります。',
        options: rows.map(row => ({
          value: row.id,
          label: `${row.contractNo}　${contractKindLabels[row.contractKind]}（${legalKindLabels[row.legalKind as keyof typeof legalKindLabels]}）`,
        })),
      }}
      value={value}
      onChange={onChange}
    />
  )
}
