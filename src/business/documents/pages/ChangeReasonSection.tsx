import type { ChangeReason } from '../../../platform/http/contract.ts'
import { FieldInput, FormSection } from '../../../ui/index.ts'
import { reasonLabels } from '../../approvals/labels.ts'
import { EvidenceInput } from './EvidenceInput.tsx'

export interface TypedReason {
  reasonCode: string | null
  reasonText: string
  evidence: readonly string[]
}

export const noReason: TypedReason = { reasonCode: 'customer_request', reasonText: '', evidence: [] }

/** Why a record is changed; every change of a master item asks for it. */
export function ChangeReasonSection({
  record,
  value,
  onChange,
}: {
  /** What the evidence is filed with; null where there is no record yet, and the second person decides on the words alone. */
  record: { kind: string; id: string } | null
  value: TypedReason
  onChange: (part: Partial<TypedReason>) => void
}) {
  const options = Object.entries(reasonLabels).map(([key, label]) => ({ value: key, label }))
  return (
    <FormSection title="変更の理由">
      <FieldInput
        field={{
          name: 'change.reasonCode',
          type: 'choice',
          label: '理由の区分',
          required: true,
          options: options.filter(option => option.value !== 'system'),
        }}
        value={value.reasonCode}
        onChange={reasonCode => onChange({ reasonCode })}
      />
      <FieldInput
        field={{
          name: 'change.reasonText',
          type: 'longText',
          label: '理由',
          required: true,
          width: 'full',
          rows: 2,
          example: '登記事項証明書（2026-11-10付）で商号変更を確認',
          why: '後から見た人が、なぜ変えたかを分かるように残します。',
        }}
        value={value.reasonText}
        onChange={reasonText => onChange({ reasonText })}
      />
      {record && (
        <EvidenceInput record={record} value={value.evidence} onChange={evidence => onChange({ evidence })} />
      )}
    </FormSection>
  )
}

export function toReason(typed: TypedReason): ChangeReason {
  return {
    reasonCode: typed.reasonCode as ChangeReason['reasonCode'],
    reasonText: typed.reasonText,
    evidence: [...typed.evidence],
  }
}
