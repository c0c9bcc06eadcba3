import { type ReactNode, useState } from 'react'
import { FormSection } from '../../../ui/index.ts'
import type { CustomField } from '../contract.ts'
import type { CustomKind } from '../tables.ts'
import type { CustomInput as CustomValues } from '../value-contract.ts'
import { CustomInput } from './CustomInput.tsx'
import { useCustomFields } from './definitions.ts'
import { changedCustom, type TypedCustom, typedCustom } from './typed-custom.ts'

export interface FirstOwn {
  /** The fields are not known yet: the form must not be sent. */
  loading: boolean
  dirty: boolean
  /** What was typed, as the command that registers the record takes it. */
  custom: CustomValues
  /** The first required field that is empty, as a sentence. */
  missing: string | null
  /** The inputs under a heading of their own; nothing where the company has defined none for this kind. */
  section: ReactNode
}

/** The company's own fields on the form of a new record. `at` is where its command names them. */
export function useFirstOwn(kind: CustomKind, at = 'custom.'): FirstOwn {
  const fields = useCustomFields(kind)
  const [changed, setChanged] = useState<TypedCustom>({})
  // A document is chosen among those of the record, which is not there yet.
  const asked = (fields ?? []).filter(field => field.type !== 'file')
  const empty = typedCustom(asked)
  const typed = { ...empty, ...changed }
  const custom = changedCustom(asked, typed, empty)
  const missing = asked.find(field => field.required && (custom[field.key] ?? null) === null)
  return {
    loading: fields === null,
    dirty: Object.keys(custom).length > 0,
    custom,
    missing: missing ? `「${missing.label}」を入力してください。` : null,
    section: asked.length > 0 && (
      <FormSection title="自社の項目">
        {asked.map(field => (
          <FirstInput
            key={field.key}
            field={field}
            at={at}
            typed={typed}
            onChange={part => setChanged(last => ({ ...last, ...part }))}
          />
        ))}
      </FormSection>
    ),
  }
}

interface FirstInputProps {
  field: CustomField
  at: string
  typed: TypedCustom
  onChange: (part: TypedCustom) => void
}

function FirstInput({ field, at, typed, onChange }: FirstInputProps) {
  return (
    <CustomInput
      field={field}
      at={at}
      value={typed[field.key] ?? null}
      held={null}
      recordId={null}
      onChange={value => onChange({ [field.key]: value })}
    />
  )
}
