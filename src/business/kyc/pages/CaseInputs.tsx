import { FieldInput, inputOf } from '../../../ui/index.ts'
import { OTHER_PURPOSE } from '../../access/contract.ts'
import { caseFields } from '../fields.ts'
import { factorLabels, ratingLabels } from '../labels.ts'
import { type RatingFactor, riskRating } from '../rules.ts'

export const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** What a person says about purpose and risk of a check. */
export interface TypedCase {
  methodCode: string | null
  purposeCode: string | null
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

interface PurposeProps extends InputsProps {
  offered: readonly { code: string; label: string }[]
}

/** The company's purposes and 「その他」, whose words are asked for. */
export function PurposeInputs({ typed, set, offered }: PurposeProps) {
  const isOther = typed.purposeCode === OTHER_PURPOSE
  return (
    <>
      <FieldInput
        field={{
          ...inputOf(caseFields.purposeCode, { required: true }),
          options: [
            ...offered.map(({ code, label }) => ({ value: code, label })),
            { value: OTHER_PURPOSE, label: 'その他（内容を入力）' },
          ],
        }}
        value={typed.purposeCode}
        onChange={(purposeCode: string | null) => set({ purposeCode })}
      />
      <FieldInput
        field={{
          ...inputOf(caseFields.purpose, { required: isOther, width: 'full' }),
          ...(isOther ? { label: '取引の目的の内容' } : {}),
        }}
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

/** Why the purpose cannot be sent yet. */
export function purposeUnfilled({ purposeCode, purpose }: TypedCase): string | null {
  if (purposeCode === null) return '取引の目的を選んでください。'
  if (purposeCode === OTHER_PURPOSE && purpose.trim() === '')
    return '「その他」を選んだときは、取引の目的の内容を入力してください。'
  return null
}
