import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { OTHER_PURPOSE } from '../../access/contract.ts'
import { changeCase, type KycCase } from '../contract.ts'
import { methodLabels } from '../labels.ts'
import { type MethodCode, methods, type RatingFactor } from '../rules.ts'
import {
  options,
  PurposeInputs,
  purposeUnfilled,
  RiskInputs,
  ratingSentence,
  type TypedCase,
} from './CaseInputs.tsx'

interface ChangeProps {
  row: KycCase
  offered: readonly { code: string; label: string }[]
  onClose: () => void
}

/** Changes method, purpose and risk of a check that is being worked on. */
export function ChangeDialog({ row, offered, onClose }: ChangeProps) {
  const [typed, setTyped] = useState<TypedCase>({
    methodCode: row.methodCode,
    purposeCode: row.purposeCode ?? OTHER_PURPOSE,
    purpose: row.purpose ?? '',
    businessContent: row.businessContent ?? '',
    ratingFactors: row.ratingFactors,
    expectedYen: row.expectedYen,
    assetIncomeChecked: row.assetIncomeChecked,
  })
  const change = useCommand(changeCase, { onDone: onClose })
  const set = (part: Partial<TypedCase>) => setTyped({ ...typed, ...part })
  // What the check says already may stay in it, offered or not.
  const choices =
    row.purposeCode === null ||
    row.purposeCode === OTHER_PURPOSE ||
    offered.some(one => one.code === row.purposeCode)
      ? offered
      : [...offered, { code: row.purposeCode, label: `${row.purposeLabel}（一覧から外れています）` }]
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
      unfilled={purposeUnfilled(typed)}
      running={change.running}
      problem={change.problem}
      onConfirm={() =>
        change.run({
          caseId: row.id,
          rowVersion: row.rowVersion,
          methodCode: typed.methodCode as MethodCode,
          purposeCode: typed.purposeCode ?? '',
          purpose: typed.purpose.trim() || null,
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
      <PurposeInputs typed={typed} set={set} offered={choices} />
      <RiskInputs typed={typed} set={set} />
    </ConfirmAction>
  )
}
