import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { changeCase, type KycCase } from '../contract.ts'
import { methodLabels } from '../labels.ts'
import { type MethodCode, methods, type RatingFactor } from '../rules.ts'
import { options, PurposeInputs, RiskInputs, ratingSentence, type TypedCase } from './CaseInputs.tsx'

/** Changes method, purpose and risk of a check that is being worked on. */
export function ChangeDialog({ row, onClose }: { row: KycCase; onClose: () => void }) {
  const [typed, setTyped] = useState<TypedCase>({
    methodCode: row.methodCode,
    purpose: row.purpose,
    businessContent: row.businessContent ?? '',
    ratingFactors: row.ratingFactors,
    expectedYen: row.expectedYen,
    assetIncomeChecked: row.assetIncomeChecked,
  })
  const change = useCommand(changeCase, { onDone: onClose })
  const set = (part: Partial<TypedCase>) => setTyped({ ...typed, ...part })
  const fitting = options(methodLabels).filter(
    option => methods[option.value as MethodCode].of === methods[row.methodCode].of,
  )
  return (
    <ConfirmAction
      open
      wide
      title="確認の内容を変更します"
      what={`必要な書類・郵便・電子的な確認は、確認方法から決まります。${ratingSentence(typed.ratingFactors)}`}
      confirmLabel="変更する"
      reason="none"
      running={change.running}
      problem={change.problem}
      onConfirm={() =>
        change.run({
          caseId: row.id,
          rowVersion: row.rowVersion,
          methodCode: typed.methodCode as MethodCode,
          purpose: typed.purpose,
          businessContent: typed.businessContent || null,
          ratingFactors: [...typed.ratingFactors] as RatingFactor[],
          expectedYen: typed.expectedYen,
          assetIncomeChecked: typed.assetIncomeChecked,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'methodCode',
          type: 'choice',
          label: '確認方法',
          required: true,
          options: fitting,
          width: 'full',
        }}
        value={typed.methodCode}
        onChange={(methodCode: string | null) => set({ methodCode })}
      />
      <PurposeInputs typed={typed} set={set} />
      <RiskInputs typed={typed} set={set} />
    </ConfirmAction>
  )
}
