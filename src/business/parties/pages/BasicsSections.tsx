import { FormSection } from '../../../ui/index.ts'
import type { CustomField, CustomValue } from '../../customization/contract.ts'
import type { LayoutSection } from '../../customization/tables.ts'
import { CustomInput, type TypedCustom } from '../../customization/web.tsx'
import { BasicInput } from './BasicInput.tsx'
import { type BasicName, basicNames, type TypedBasics } from './party-inputs.ts'

interface BasicsProps {
  value: TypedBasics
  onChange: (part: Partial<TypedBasics>) => void
  partyKind: string | null
  /** Where the server names these fields: '' at registration, 'basics.' in a change. */
  at?: string
  /** Who is in charge now, by name, for the choice of another. */
  ownerName?: string | null
  /** Headings and order in force, the company's own or the program's. */
  layout: readonly LayoutSection[]
  custom: {
    fields: readonly CustomField[]
    typed: TypedCustom
    held: readonly CustomValue[]
    /** Null while registering. */
    recordId: string | null
    onChange: (part: TypedCustom) => void
  }
}

/** The basic items of a party and the company's own fields, under the headings in force. */
export function BasicsSections({
  value,
  onChange,
  partyKind,
  at = '',
  ownerName = null,
  layout,
  custom,
}: BasicsProps) {
  const inputOf = (name: string) => {
    const field = custom.fields.find(one => `custom.${one.key}` === name)
    if (field)
      return (
        <CustomInput
          key={name}
          field={field}
          at="custom."
          value={custom.typed[field.key] ?? null}
          held={custom.held.find(held => held.key === field.key) ?? null}
          recordId={custom.recordId}
          onChange={next => custom.onChange({ [field.key]: next })}
        />
      )
    return (
      <BasicInput
        key={name}
        name={name as BasicName}
        at={at}
        typed={value}
        partyKind={partyKind}
        ownerName={ownerName}
        onChange={onChange}
      />
    )
  }
  return (
    <>
      {layout
        .map(section => ({
          ...section,
          fields: section.fields.filter(
            name =>
              custom.fields.some(field => isShown(field, name, custom.recordId)) ||
              (basicNames.includes(name as BasicName) && fits(name as BasicName, partyKind)),
          ),
        }))
        .filter(section => section.fields.length > 0)
        .map(section => (
          <FormSection key={section.key} title={section.title}>
            {section.fields.map(inputOf)}
          </FormSection>
        ))}
    </>
  )
}

/** A document can be chosen only once there is a record it belongs to. */
function isShown(field: CustomField, name: string, recordId: string | null): boolean {
  return `custom.${field.key}` === name && (field.type !== 'file' || recordId !== null)
}

/** A sole proprietor has no corporate number and no capital. */
function fits(name: BasicName, partyKind: string | null): boolean {
  return partyKind !== 'sole_proprietor' || !['corporateNumber', 'capitalYen'].includes(name)
}
