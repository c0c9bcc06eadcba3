import type { ReactNode } from 'react'
import { Card, CodeText, DateText, KeyValue, Notice, PlainText } from '../../../ui/index.ts'
import type { RegisteredCompany } from '../contract.ts'
import { closeCauseLabels, corporateKindLabels, processLabels } from '../labels.ts'

/** One corporation as registered, with what the person may do with it. */
export function CompanyCard({ company, action }: { company: RegisteredCompany; action?: ReactNode }) {
  return (
    <Card title={company.name} actions={action}>
      {company.closedOn && (
        <Notice tone="danger" title={`登記記録は ${company.closedOn} に閉鎖されています`}>
          {company.closeCause ? (closeCauseLabels[company.closeCause] ?? '') : ''}
          {company.successor ? `　承継先の法人番号 ${company.successor}` : ''}
        </Notice>
      )}
      {company.nameHasImage && (
        <Notice tone="warning" title="商号に公表文字にない字があります">
          登記事項証明書を見て、正しい字で入力してください。
        </Notice>
      )}
      <KeyValue
        items={[
          { key: 'name', label: '商号又は名称', value: company.name, wide: true },
          { key: 'kana', label: 'フリガナ', value: <PlainText text={company.kana} /> },
          { key: 'number', label: '法人番号', value: <CodeText code={company.corporateNumber} /> },
          { key: 'address', label: '本店所在地', value: <PlainText text={company.address} />, wide: true },
          { key: 'kind', label: '法人種別', value: corporateKindLabels[company.kind] ?? company.kind },
          { key: 'process', label: '直近の処理', value: processLabels[company.process] ?? company.process },
          { key: 'updated', label: '更新年月日', value: <DateText date={company.updatedOn} /> },
        ]}
      />
    </Card>
  )
}
