import { useState } from 'react'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateTimeText,
  DiffTable,
  KeyValue,
  PageHeader,
  StatusTag,
  Yen,
} from '../../src/ui/index.ts'

export function DecidePage() {
  const [open, setOpen] = useState(location.hash.endsWith('/ask'))
  return (
    <>
      <PageHeader
        title="与信枠の引き上げ"
        code="CR-000482"
        crumbs={[{ label: '承認', href: '#decide' }]}
        tags={<StatusTag tone="waiting" word="承認待ち 1/2" />}
        actions={
          <>
            <ActionButton disabledReason={null} onClick={() => setOpen(true)}>
              差し戻す
            </ActionButton>
            <ActionButton kind="danger" disabledReason={null} onClick={() => setOpen(true)}>
              却下
            </ActionButton>
            <ActionButton
              kind="primary"
              disabledReason="申請した本人は承認できません。別の承認者に依頼してください。"
              onClick={() => undefined}
            >
              承認
            </ActionButton>
          </>
        }
      />
      <div style={{ display: 'grid', gap: 14, maxWidth: 1080 }}>
        <Card title="変更の内容" note="株式会社髙橋電設工業" flush>
          <DiffTable
            label="変更の前と後"
            rows={[
              {
                key: 'limit',
                label: '与信枠',
                before: <Yen value={20_000_000} />,
                after: <Yen value={25_000_000} />,
                change: 'changed',
              },
              {
                key: 'until',
                label: '有効期限',
                before: '2026-12-31',
                after: '2027-03-31',
                change: 'changed',
              },
              { key: 'cap', label: '1社あたりの上限', before: null, after: '30%', change: 'added' },
              {
                key: 'guard',
                label: '保証人',
                before: '髙橋 健太郎（連帯保証）',
                after: null,
                change: 'removed',
              },
              { key: 'kind', label: '方式', before: '2社間', after: '2社間', change: 'same' },
              { key: 'currency', label: '通貨', before: '円', after: '円', change: 'same' },
            ]}
          />
        </Card>
        <Card title="申請">
          <KeyValue
            items={[
              { key: 'who', label: '申請者', value: '佐々木 真理子（審査部）' },
              { key: 'when', label: '申請日時', value: <DateTimeText at="2026-11-23T06:12:00Z" /> },
              {
                key: 'why',
                label: '理由',
                value: '受注残が前年比1.4倍に増え、資金繰り表でも翌3か月の買取額の増加が見込まれるため。',
                wide: true,
              },
            ]}
          />
        </Card>
      </div>
      <ConfirmAction
        open={open}
        title="この申請を却下します"
        what={
          <ul>
            <li>与信枠は ¥20,000,000 のまま変わりません。</li>
            <li>申請者に理由つきで知らせます。</li>
            <li>同じ内容をあとから新しく申請できます。</li>
          </ul>
        }
        confirmLabel="却下する"
        danger
        reason="required"
        running={false}
        problem={{
          kind: 'conflict',
          title: '却下できませんでした',
          requestId: null,
          reasons: [
            {
              code: 'request_must_be_pending',
              field: null,
              sentence: 'この申請は 12:31 に長谷川さんが差し戻しました。画面を読み込み直してください。',
            },
          ],
        }}
        onConfirm={() => undefined}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
