import type { ReactNode } from 'react'
import { Card, CodeText, DateText, KeyValue, PlainText, Yen } from '../../../ui/index.ts'
import type { Party } from '../contract.ts'
import { partyFields } from '../fields.ts'
import { kindLabels } from '../labels.ts'
import { RecordsCard } from './RecordsCard.tsx'

const items = (rows: [string, ReactNode][]) => rows.map(([label, value]) => ({ key: label, label, value }))

const label = (name: keyof typeof partyFields) => partyFields[name].label.ja

export function OverviewTab({ party }: { party: Party }) {
  const identity: [string, ReactNode][] = [
    [label('partyKind'), kindLabels[party.partyKind]],
    [label('legalName'), party.legalName],
    [label('legalNameKana'), <PlainText key="kana" text={party.legalNameKana} />],
    [label('legalNameEn'), <PlainText key="en" text={party.legalNameEn} />],
    [label('tradeName'), <PlainText key="trade" text={party.tradeName} />],
    [label('corporateNumber'), <CodeText key="number" code={party.corporateNumber} />],
    [label('invoiceRegNo'), <CodeText key="invoice" code={party.invoiceRegNo} />],
  ]
  const place: [string, ReactNode][] = [
    [
      label('postalCode'),
      <CodeText
        key="postal"
        code={party.postalCode && `${party.postalCode.slice(0, 3)}-${party.postalCode.slice(3)}`}
      />,
    ],
    [label('address'), <PlainText key="address" text={party.address} />],
    [label('phone'), <CodeText key="phone" code={party.phone} />],
    [label('website'), <PlainText key="site" text={party.website} />],
    [label('emailDomain'), <PlainText key="domain" text={party.emailDomain} />],
  ]
  const business: [string, ReactNode][] = [
    [label('businessSummary'), <PlainText key="summary" text={party.businessSummary} />],
    [label('industryCode'), <CodeText key="industry" code={party.industryCode} />],
    [label('establishedOn'), <DateText key="established" date={party.establishedOn} />],
    [label('capitalYen'), <Yen key="capital" value={party.capitalYen} />],
    [
      label('employees'),
      <PlainText
        key="employees"
        text={party.employees === null ? null : `${party.employees.toLocaleString('ja-JP')} 名`}
      />,
    ],
    [label('annualSalesYen'), <Yen key="sales" value={party.annualSalesYen} />],
    [label('fiscalYearEnd'), <CodeText key="year-end" code={party.fiscalYearEnd} />],
  ]
  return (
    <>
      <RecordsCard party={party} />
      <Card title="名称と番号">
        <KeyValue items={items(identity)} />
      </Card>
      <Card title="所在地と連絡先">
        <KeyValue items={items(place)} />
      </Card>
      <Card title="事業の内容">
        <KeyValue items={items(business)} />
      </Card>
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
