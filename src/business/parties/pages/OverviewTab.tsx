import type { ReactNode } from 'react'
import {
  Card,
  CodeText,
  DateText,
  KeyValue,
  type KeyValueItem,
  LoadingState,
  PlainText,
  Yen,
} from '../../../ui/index.ts'
import type { CustomField } from '../../customization/contract.ts'
import { customItems, useCustomFields, useFormLayout } from '../../customization/web.tsx'
import type { Party } from '../contract.ts'
import { type PartyFieldName, partyFields } from '../fields.ts'
import { partyLayout } from './party-layout.ts'
import { RecordsCard } from './RecordsCard.tsx'
import { partialDate, sayValue } from './say-value.ts'

/** The basic items of a party and the company's own fields, under the headings in force. */
export function OverviewTab({ party }: { party: Party }) {
  const custom = useCustomFields('party')
  const layout = useFormLayout('party')
  return (
    <>
      <RecordsCard party={party} />
      {layout === undefined || custom === null ? (
        <LoadingState rows={12} />
      ) : (
        partyLayout(custom, layout).map(section => (
          <Card key={section.key} title={section.title}>
            <KeyValue items={itemsOf(section.fields, party, custom)} />
          </Card>
        ))
      )}
      {party.names.length > 1 && (
        <Card title="名称の履歴">
          <KeyValue
            items={party.names.map((name, at) => ({
              key: String(at),
              label: [name.validFrom ?? '登録時', name.validTo ?? '現在'].join(' 〜 '),
              value: name.name,
              note: [name.kana, name.partyNo].filter(Boolean).join('　') || null,
            }))}
          />
        </Card>
      )}
    </>
  )
}

function itemsOf(names: readonly string[], party: Party, custom: readonly CustomField[]): KeyValueItem[] {
  const own = customItems({ kind: 'party', id: party.id }, custom, party.customValues)
  return names
    .filter(name => name !== 'establishedPrecision' && name !== 'employeesAsOf')
    .flatMap(name => own.find(item => item.key === name) ?? basicItem(name as PartyFieldName, party))
}

function basicItem(name: PartyFieldName, party: Party): KeyValueItem {
  return {
    key: name,
    label: partyFields[name].label.ja,
    value: shown(name, party),
    wide: name === 'businessSummary' || name === 'address' || name === 'correspondenceAddress',
    ...noteOf(name, party),
  }
}

function shown(name: PartyFieldName, party: Party): ReactNode {
  const value = party[name]
  if (name === 'ownerStaffId') return party.owner.name
  if (name === 'capitalYen' || name === 'annualSalesYen') return <Yen value={party[name]} />
  if (value === null || value === '') return <PlainText text={null} />
  if (name === 'establishedOn' && party.establishedPrecision && party.establishedPrecision !== 'day')
    return partialDate(String(value), party.establishedPrecision)
  if (partyFields[name].type === 'date') return <DateText date={String(value)} />
  if (['corporateNumber', 'invoiceRegNo', 'phone', 'fax', 'securitiesCode'].includes(name))
    return <CodeText code={String(value)} />
  return <PlainText text={name === 'employees' ? `${sayValue(name, value)} 名` : sayValue(name, value)} />
}

function noteOf(name: PartyFieldName, party: Party): { note?: ReactNode } {
  if (name === 'employees' && party.employeesAsOf) return { note: `${party.employeesAsOf} 現在` }
  if (name === 'corporateNumber' && party.companyRegisterNo)
    return { note: `会社法人等番号 ${party.companyRegisterNo}` }
  if (name === 'industryCode' && party.industryRev)
    return { note: `日本標準産業分類 第${party.industryRev}回改定` }
  if (name !== 'address' || !party.address) return {}
  const { pref, city, town, block, building } = party.addressParts
  return { note: [pref, city, town, block, building].filter(Boolean).join(' ｜ ') }
}
