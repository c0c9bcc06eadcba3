import { FieldInput, inputOf } from '../../../ui/index.ts'
import { caseFields } from '../fields.ts'
import { factorLabels, ratingLabels } from '../labels.ts'
import { type RatingFactor, riskRating } from '../rules.ts'

export const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** What a person says about purpose and risk of a check. */
export interface TypedCase {
  methodCode: string | null
  purpose: string
  businessContent: string
  ratingFactors: readonly string[]
  expectedYen: number | null
  assetIncomeChecked: boolean
}

interface InputsProps {
  typed: TypedCase
  set: (part: Partial<TypedCase>) => void
}

export function PurposeInputs({ typed, set }: InputsProps) {
  return (
    <>
      <FieldInput
        field={{ name: 'purpose', type: 'text', label: '取引の目的', required: true, width: 'full' }}
        value={typed.purpose}
        onChange={purpose => set({ purpose })}
      />
      <FieldInput
        field={{
          name: 'businessContent',
          type: 'longText',
          label: '事業内容・職業',
          rows: 2,
          width: 'full',
        }}
        value={typed.businessContent}
        onChange={businessContent => set({ businessContent })}
      />
    </>
  )
}

export function RiskInputs({ typed, set }: InputsProps) {
  return (
    <>
      <FieldInput
        field={{
          name: 'ratingFactors',
          type: 'multi',
          label: '該当する要因',
          options: options(factorLabels),
        }}
        value={typed.ratingFactors}
        onChange={ratingFactors => set({ ratingFactors })}
      />
      <FieldInput
        field={inputOf(caseFields.expectedYen)}
        value={typed.expectedYen}
        onChange={expectedYen => set({ expectedYen })}
      />
      <FieldInput
        field={inputOf(caseFields.assetIncomeChecked)}
        value={typed.assetIncomeChecked}
        onChange={value => set({ assetIncomeChecked: value === true })}
      />
    </>
  )
}

export const ratingSentence = (factors: readonly string[]) =>
  `リスク評価は「${ratingLabels[riskRating(factors as RatingFactor[])]}」です。`
