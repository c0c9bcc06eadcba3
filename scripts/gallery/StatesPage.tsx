import { Card, EmptyState, ErrorState, LoadingState, PageHeader, RefusedState } from '../../src/ui/index.ts'

export function StatesPage() {
  return (
    <>
      <PageHeader title="画面の状態" />
      <div
        style={{
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 420px), 1fr))',
          gap: 16,
        }}
      >
        <Card title="読み込み中">
          <LoadingState />
        </Card>
        <Card title="空">
          <EmptyState
            title="書類はまだありません"
            hint="登記簿や請求書の写しをここに置くと、版ごとに保管され、いつ誰が見たかも残ります。"
          />
        </Card>
        <Card title="拒否">
          <RefusedState
            problem={{
              kind: 'forbidden',
              title: 'この債権は買い取れません',
              requestId: null,
              reasons: [
                {
                  code: 'limit_must_be_active',
                  field: null,
                  sentence: '与信枠が停止中です（2026-11-20 から、理由：決算書の未提出）。',
                  source: '与信規程 第8条',
                  mayLift: '承認者（与信）',
                },
                {
                  code: 'kyc_must_be_current',
                  field: null,
                  sentence: '取引時確認の期限が 2026-10-31 に過ぎています。',
                  source: '犯収法 第4条',
                  mayLift: 'コンプライアンス',
                },
              ],
            }}
          />
        </Card>
        <Card title="障害">
          <ErrorState
            problem={{ kind: 'failed', title: '', requestId: 'req-01JD8Q4M7K', reasons: [] }}
            retry={() => undefined}
          />
        </Card>
      </div>
    </>
  )
}
