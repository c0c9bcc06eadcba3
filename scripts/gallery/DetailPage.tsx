import { useState } from 'react'
import {
  ActionButton,
  Card,
  CodeText,
  type Column,
  DataTable,
  DateText,
  DetailShell,
  Gauge,
  KeyValue,
  MaskedText,
  RelationGraph,
  RuleResults,
  StatusTag,
  Timeline,
  Waterfall,
  Yen,
  yenText,
} from '../../src/ui/index.ts'
import { edges, events, nodes, type Receivable, receivables, rules } from './sample-detail.ts'

const columns: readonly Column<Receivable>[] = [
  {
    key: 'number',
    title: '請求書番号',
    render: row => <CodeText code={row.number} />,
    width: 150,
    hidable: false,
  },
  { key: 'debtor', title: '売掛先', render: row => row.debtor, width: 210 },
  { key: 'amount', title: '額面', render: row => <Yen value={row.amountYen} />, width: 120, kind: 'number' },
  { key: 'due', title: '期日', render: row => <DateText date={row.dueOn} />, width: 104 },
  { key: 'status', title: '状態', render: row => <StatusTag {...row.status} />, width: 130 },
]

export function DetailPage() {
  const [tab, setTab] = useState('overview')
  return (
    <DetailShell
      record={{ state: 'ready', value: receivables }}
      activeTab={tab}
      onTab={setTab}
      header={() => ({
        title: '株式会社髙橋電設工業',
        code: 'C-000123',
        crumbs: [{ label: '顧客', href: '#list' }],
        detail:
          'カブシキガイシャタカハシデンセツコウギョウ　／　東京都江東区豊洲三丁目　／　担当 佐々木 真理子',
        tags: (
          <>
            <StatusTag tone="success" word="取引中" />
            <StatusTag tone="warning" word="確認期限まで12日" detail="取引時確認の期限は 2026-12-05 です" />
            <StatusTag tone="waiting" word="変更の承認待ち 1件" />
          </>
        ),
        actions: (
          <>
            <ActionButton disabledReason={null} onClick={() => undefined}>
              連絡を記録
            </ActionButton>
            <ActionButton
              kind="primary"
              disabledReason="本人確認の期限が切れています。先に確認を更新してください。"
              onClick={() => undefined}
            >
              債権を買い取る
            </ActionButton>
          </>
        ),
      })}
      summary={() => (
        <>
          <Gauge
            label="顧客の与信枠"
            used={18_200_000}
            promised={2_400_000}
            limit={25_000_000}
            note="2027-03-31 まで"
          />
          <Gauge label="グループの与信枠" used={42_000_000} limit={40_000_000} note="3社の合計" />
          <Gauge label="当月の買取" used={6_120_000} limit={30_000_000} note="11月の計画" />
        </>
      )}
      tabs={() => [
        { key: 'overview', label: '概要', content: Overview },
        { key: 'basic', label: '基本情報', content: Overview },
        { key: 'relations', label: '関係', count: 5, content: Relations },
        { key: 'kyc', label: '本人確認', alert: '期限が近づいています', content: Overview },
        { key: 'screening', label: '反社・制裁', content: Overview },
        { key: 'credit', label: '与信', content: Overview },
        { key: 'accounts', label: '口座', count: 2, content: Overview },
        { key: 'contracts', label: '契約', count: 1, content: Overview },
        { key: 'receivables', label: '債権', count: 128, content: Receivables },
        { key: 'money', label: '入出金', content: Overview },
        { key: 'contacts', label: '連絡', content: Overview },
        { key: 'documents', label: '書類', count: 31, content: Overview },
        { key: 'history', label: '変更履歴', content: Overview },
      ]}
      aside={() => (
        <Timeline events={{ state: 'ready', value: events }} onOlder={() => undefined} loadingOlder={false} />
      )}
    />
  )
}

function Overview() {
  return (
    <>
      <Card title="登記と連絡先" note="2026-11-20 現在">
        <KeyValue
          items={[
            { key: 'number', label: '法人番号', value: <CodeText code="7010601034567" /> },
            {
              key: 'invoice',
              label: '登録番号',
              value: <CodeText code="T7010601034567" />,
              note: '国税庁の公表と一致（2026-11-01）',
            },
            { key: 'founded', label: '設立日', value: <DateText date="1998-04-01" /> },
            { key: 'capital', label: '資本金', value: <Yen value={10_000_000} /> },
            { key: 'head', label: '代表者', value: '髙橋 健太郎', note: '変更の承認待ち：髙橋 由美' },
            { key: 'phone', label: '電話', value: '03-5546-0198' },
            {
              key: 'account',
              label: '振込口座',
              value: (
                <MaskedText
                  label="口座番号"
                  masked="みずほ銀行 豊洲支店 普通 ●●●●123"
                  disabledReason={null}
                  unmask={async () => ({ text: 'みずほ銀行 豊洲支店 普通 1234123' })}
                />
              ),
              wide: true,
            },
            {
              key: 'address',
              label: '本店',
              value: '東京都江東区豊洲三丁目2番20号 豊洲フロント 14階',
              wide: true,
            },
          ]}
        />
      </Card>
      <Card title="買い取りの流れ" note="INV-2026-10-0457">
        <Waterfall
          label="額面から振込額まで"
          steps={[
            { key: 'face', label: '額面', value: 3_850_000, kind: 'level' },
            { key: 'reserve', label: '留保金', note: '10%', value: -385_000, kind: 'change' },
            { key: 'fee', label: '手数料', note: '3.8%（税込）', value: -146_300, kind: 'change' },
            { key: 'cost', label: '登記・送金の実費', value: -8_250, kind: 'change' },
            { key: 'pay', label: '振込額', value: 3_310_450, kind: 'level' },
          ]}
        />
      </Card>
      <Card title="取引できるか">
        <RuleResults label="取引の可否" rules={rules} />
      </Card>
    </>
  )
}

function Relations() {
  return (
    <Card title="資本関係" note={`連結の与信残高 ${yenText(42_000_000)}`}>
      <RelationGraph label="資本関係" nodes={nodes} edges={edges} />
    </Card>
  )
}

function Receivables() {
  return (
    <Card title="債権" flush>
      <DataTable
        label="債権一覧"
        height="natural"
        columns={columns}
        rows={{ state: 'ready', value: receivables }}
        rowKey={row => row.number}
        rowName={row => row.number}
        rowHref={row => `#detail/${row.number}`}
        pager={{ next: () => undefined, previous: null }}
        sort={null}
        onSort={() => undefined}
        layout={null}
        onLayout={() => undefined}
        empty={{ title: '債権はまだありません', hint: '申込から登録します。' }}
      />
    </Card>
  )
}
