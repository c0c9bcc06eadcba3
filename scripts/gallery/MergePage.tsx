import { useState } from 'react'
import {
  Card,
  CardGrid,
  CodeText,
  CompareTable,
  FormSection,
  FormShell,
  Highlight,
  LookupInput,
  type LookupValue,
  MonthCalendar,
  PageHeader,
  roughYen,
  Yen,
} from '../../src/ui/index.ts'

const parties: readonly LookupValue[] = [
  { value: '1', label: '株式会社髙橋電設工業', detail: 'C-000123　東京都江東区' },
  { value: '2', label: '高橋電設', detail: 'C-000981　東京都江東区（旧台帳）' },
  { value: '3', label: '高橋運輸有限会社', detail: 'C-001204　埼玉県川口市' },
]

export function MergePage() {
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({ name: 0, phone: 1, address: 0 })
  const [month, setMonth] = useState('2026-11')
  const [debtor, setDebtor] = useState<LookupValue | null>(null)
  const differs = (key: string, label: string, cells: readonly string[]) => ({
    key,
    label,
    cells,
    same: false,
    chosen: chosen[key] ?? 0,
    fixedReason: null,
  })
  return (
    <>
      <PageHeader title="顧客の名寄せ" code="M-000031" />
      <CardGrid least={560}>
        <Card title="残す値を選ぶ" flush>
          <CompareTable
            label="名寄せの比較"
            records={[
              { key: 'a', title: <CodeText code="C-000123" /> },
              { key: 'b', title: <CodeText code="C-000981" /> },
            ]}
            rows={[
              differs('name', '商号', ['株式会社髙橋電設工業', '㈱高橋電設']),
              {
                key: 'number',
                label: '法人番号',
                cells: ['7010601034567', '7010601034567'],
                same: true,
                chosen: 0,
                fixedReason: null,
              },
              differs('phone', '電話', ['03-5546-0198', '03-5546-0199']),
              differs('address', '所在地', ['東京都江東区豊洲三丁目2番20号', '江東区豊洲3-2-20']),
              {
                key: 'limit',
                label: '与信枠',
                cells: [<Yen key="a" value={25_000_000} />, <Yen key="b" value={5_000_000} />],
                same: false,
                chosen: 0,
                fixedReason: '有効な枠は小さい方に決まります',
              },
            ]}
            onChoose={(row, record) => setChosen({ ...chosen, [row]: record })}
          />
        </Card>
        <Card title="入金予定">
          <MonthCalendar
            label="入金予定"
            month={month}
            onMonth={setMonth}
            today="2026-11-24"
            holidayName={date =>
              date === '2026-11-23' ? '勤労感謝の日' : date === '2026-11-03' ? '文化の日' : null
            }
            days={[
              { date: '2026-11-10', text: roughYen(3_850_000), href: '#list' },
              { date: '2026-11-20', text: roughYen(2_970_000), tone: 'danger', href: '#list' },
              { date: '2026-11-25', text: roughYen(12_845_000), href: '#list' },
              { date: '2026-11-30', text: roughYen(48_210_000), href: '#list' },
            ]}
          />
        </Card>
        <Card title="書類の検索">
          <p>
            <Highlight
              parts={[
                { text: '……甲は乙に対し、', hit: false },
                { text: '債権譲渡', hit: true },
                { text: 'の通知を内容証明郵便により行うものとし、', hit: false },
              ]}
            />
          </p>
        </Card>
        <FormShell
          label="売掛先"
          loading={false}
          submitError={null}
          submitting={false}
          submitLabel="選ぶ"
          submitDisabledReason={debtor ? null : '売掛先を選んでください'}
          onSubmit={() => undefined}
          dirty={false}
          draft={{ state: 'off' }}
        >
          <FormSection title="売掛先を選ぶ">
            <LookupInput
              field={{ name: 'debtor', label: '売掛先', type: 'lookup', required: true }}
              value={debtor}
              onChange={setDebtor}
              find={async text => parties.filter(party => party.label.includes(text))}
            />
          </FormSection>
        </FormShell>
      </CardGrid>
    </>
  )
}
