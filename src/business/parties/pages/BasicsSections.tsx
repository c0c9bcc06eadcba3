import { FieldInput, FormSection } from '../../../ui/index.ts'
import type { PartyFieldName } from '../fields.ts'
import { inputOf, type TypedBasics } from './party-inputs.ts'

interface BasicsProps {
  value: TypedBasics
  onChange: (part: Partial<TypedBasics>) => void
  /** Where the server names these fields: '' at registration, 'basics.' in a change. */
  at?: string
  withKana?: boolean
}

/** The basic items of a party, in the sections people know from the register and the application form. */
export function BasicsSections({ value, onChange, at = '', withKana = true }: BasicsProps) {
  const field = (name: PartyFieldName & keyof TypedBasics, width?: 'short' | 'medium' | 'full') => (
    <FieldInput
      field={inputOf(name, { at, ...(width ? { width } : {}) })}
      value={value[name] as never}
      onChange={next => onChange({ [name]: next } as Partial<TypedBasics>)}
    />
  )
  return (
    <>
      <FormSection title="番号と名称">
        {withKana && field('legalNameKana')}
        {field('legalNameEn')}
        {field('tradeName')}
        {field('corporateNumber')}
        {field('invoiceRegNo')}
      </FormSection>
      <FormSection title="所在地と連絡先">
        {field('postalCode', 'short')}
        {field('address', 'full')}
        {field('phone', 'medium')}
        {field('website', 'medium')}
        {field('emailDomain', 'medium')}
      </FormSection>
      <FormSection title="事業の内容">
        {field('businessSummary', 'full')}
        {field('industryCode', 'short')}
        {field('establishedOn', 'medium')}
        {field('capitalYen', 'medium')}
        {field('employees', 'short')}
        {field('annualSalesYen', 'medium')}
        {field('fiscalYearEnd', 'short')}
      </FormSection>
    </>
  )
}
