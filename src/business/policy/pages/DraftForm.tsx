import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { FieldInput, FormSection, FormShell } from '../../../ui/index.ts'
import { draftPolicy, type Policy, type PolicyVersion } from '../contract.ts'
import { directionLabels } from '../labels.ts'
import { kpis, retentionItems } from '../rules.ts'
import { type AuthorityRow, AuthorityTable } from './AuthorityTable.tsx'
import { FurtherApprovals } from './FurtherApprovals.tsx'
import { type Stage, StageItems } from './StageItems.tsx'

type Numbers = Record<string, number | null>
type Further = Policy['furtherApprovals'][number]

interface DraftFormProps {
  /** What the draft begins with; null: the proposals. */
  base: PolicyVersion | null
  policy: Policy
  onClose: () => void
}

/** Writes the next version: targets, years, and why. */
export function DraftForm({ base, policy, onClose }: DraftFormProps) {
  const [targets, setTargets] = useState<Numbers>(
    Object.fromEntries(kpis.map(kpi => [kpi.code, base?.targets[kpi.code] ?? kpi.initial])),
  )
  const [retention, setRetention] = useState<Numbers>(
    Object.fromEntries(
      retentionItems.map(item => [item.code, base?.retention[item.code] ?? item.initialYears]),
    ),
  )
  const [stages, setStages] = useState<Record<string, Stage | null>>(
    Object.fromEntries(policy.requirable.map(one => [one.key, base?.stages?.items[one.key] ?? one.from])),
  )
  const [enforced, setEnforced] = useState(base?.stages?.enforced ?? policy.enforced)
  const [further, setFurther] = useState<readonly Further[]>(
    base?.stages
      ? base.furtherApprovals.map(({ permission, fromYen, role }) => ({ permission, fromYen, role }))
      : policy.furtherApprovals,
  )
  const [authority, setAuthority] = useState<readonly AuthorityRow[]>(
    base?.stages
      ? base.authority.map(({ permission, role, uptoYen }) => ({ permission, role, uptoYen }))
      : policy.authority,
  )
  const [note, setNote] = useState('')
  const draft = useCommand(draftPolicy, { onDone: onClose })
  const whole = (numbers: Numbers) =>
    Object.fromEntries(
      Object.entries(numbers).flatMap(([code, value]) => (value === null ? [] : [[code, value]])),
    )
  const typed = Object.values({ ...targets, ...retention })
  const missing = typed.includes(null)
    ? '目標と年数を全て入力してください。'
    : note.trim().length < 5
      ? '改定の理由を5文字以上で入力してください。'
      : null
  return (
    <FormShell
      label="運用規程の改定の案"
      loading={false}
      submitError={draft.problem}
      submitting={draft.running}
      submitLabel="案として確認を求める"
      submitDisabledReason={missing}
      onSubmit={() =>
        draft.run({
          targets: whole(targets),
          retention: whole(retention),
          stages: { items: stages, enforced },
          furtherApprovals: [...further],
          authority: [...authority],
          note: note.trim(),
        })
      }
      onCancel={onClose}
      dirty={note !== ''}
      draft={{ state: 'none' }}
      footnote="4部門の責任者が確認すると施行され、必須項目・承認・目標・保存期間はその版に従います"
    >
      <FormSection title="段階ごとの必須項目">
        <div className="ui-field-full">
          <StageItems policy={policy} stages={stages} onChange={setStages} />
        </div>
        <FieldInput
          field={{
            name: 'enforced',
            type: 'choice',
            label: '必須項目がそろわない顧客',
            options: [
              { value: 'shown', label: '不足を表示するだけ' },
              { value: 'refused', label: '次の段階（申込・取引中）に進めない' },
            ],
          }}
          value={enforced ? 'refused' : 'shown'}
          onChange={value => setEnforced(value === 'refused')}
        />
      </FormSection>
      <FormSection title="さらに必要な承認">
        <div className="ui-field-full">
          <FurtherApprovals policy={policy} further={further} onChange={setFurther} />
        </div>
      </FormSection>
      <FormSection title="決裁権限（金額ごと）">
        <div className="ui-field-full">
          <AuthorityTable policy={policy} authority={authority} onChange={setAuthority} />
        </div>
      </FormSection>
      <FormSection title="KPIの目標">
        {kpis.map(kpi => (
          <FieldInput
            key={kpi.code}
            field={{
              name: `targets.${kpi.code}`,
              type: 'number',
              label: kpi.label,
              unit: `${kpi.unit}${directionLabels[kpi.direction]}`,
              help: kpi.formula,
              required: true,
            }}
            value={targets[kpi.code] ?? null}
            onChange={value => setTargets({ ...targets, [kpi.code]: value })}
          />
        ))}
      </FormSection>
      <FormSection title="保存期間">
        {retentionItems.map(item => (
          <FieldInput
            key={item.code}
            field={{
              name: `retention.${item.code}`,
              type: 'number',
              label: item.label,
              unit: '年',
              help: `${item.from}から。${item.leastYears > 0 ? `${item.leastYears}年以上（${item.basis}）` : item.basis}`,
              required: true,
            }}
            value={retention[item.code] ?? null}
            onChange={value => setRetention({ ...retention, [item.code]: value })}
          />
        ))}
      </FormSection>
      <FormSection title="改定の理由">
        <FieldInput
          field={{
            name: 'note',
            type: 'longText',
            label: '理由',
            required: true,
            maxLength: 2000,
            rows: 3,
            width: 'full',
            help: '規程集の最初に載ります。',
          }}
          value={note}
          onChange={setNote}
        />
      </FormSection>
    </FormShell>
  )
}
