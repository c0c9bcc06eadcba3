import { FormSection } from '../../../ui/index.ts'
import { fieldsOfSection, type PartySection, partySections } from '../fields.ts'
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
}

/** The basic items of a party in the sections of `fields.ts`, which follow the register and the application form. */
export function BasicsSections({ value, onChange, partyKind, at = '', ownerName = null }: BasicsProps) {
  return (
    <>
      {(Object.keys(partySections) as PartySection[]).map(section => (
        <FormSection key={section} title={partySections[section]}>
          {fieldsOfSection(section)
            .filter((name): name is BasicName => basicNames.includes(name as BasicName))
            .filter(name => fits(name, partyKind))
            .map(name => (
              <BasicInput
                key={name}
                name={name}
                at={at}
                typed={value}
                partyKind={partyKind}
                ownerName={ownerName}
                onChange={onChange}
              />
            ))}
        </FormSection>
      ))}
    </>
  )
}

/** A sole proprietor has no corporate number and no capital. */
function fits(name: BasicName, partyKind: string | null): boolean {
  return partyKind !== 'sole_proprietor' || !['corporateNumber', 'capitalYen'].includes(name)
}
