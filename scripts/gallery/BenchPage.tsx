import { useState } from 'react'
import {
  ActionButton,
  Card,
  DateText,
  KeyValue,
  PageHeader,
  RuleResults,
  StatusTag,
  useSay,
  WorkbenchShell,
  Yen,
} from '../../src/ui/index.ts'

interface Deposit {
  id: string
  payer: string
  amountYen: number
  on: string
}

const deposits: readonly Deposit[] = Array.from({ length: 24 }, (_, at) => ({
  id: `D-${at + 1}`,
  payer: ['ﾄｳﾜｹﾝｾﾂ(ｶ', 'ｶ)ﾐﾅﾄﾌﾄﾞｳｻﾝｶﾝﾘ', 'ﾆｯﾄｳﾛｼﾞｽﾃｨｸｽ(ｶ', 'ｺｳﾄｳｸ'][at % 4]!,
  amountYen: 792_000 + ((at * 377_300) % 3_000_000),
  on: `2026-11-${String(2 + (at % 20)).padStart(2, '0')}`,
}))

export function BenchPage() {
  const [active, setActive] = useState<string | null>(null)
  const say = useSay()
  return (
    <>
      <PageHeader title="入金の消込" detail="2026-11-20 の入金明細　24件" />
      <WorkbenchShell
        label="未消込の入金"
        items={{ state: 'ready', value: deposits }}
        itemKey={item => item.id}
        activeKey={active}
        onActivate={setActive}
        entry={item => (
          <div
            style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: '0 12px', justifyItems: 'start' }}
          >
            <strong>{item.payer}</strong>
            <span style={{ justifySelf: 'end' }}>
              <Yen value={item.amountYen} />
            </span>
            <span className="ui-faint">
              <DateText date={item.on} />
            </span>
            <StatusTag tone="success" word="候補1件" />
          </div>
        )}
        keys={[
          { key: 'a', label: '消し込む', disabledReason: null, onPress: () => say.done('消し込みました') },
          { key: 's', label: '分ける', disabledReason: null, onPress: () => undefined },
          { key: 'h', label: '保留', disabledReason: null, onPress: () => undefined },
          {
            key: 'u',
            label: '元に戻す',
            disabledReason: '戻せる消込はまだありません',
            onPress: () => undefined,
          },
        ]}
        empty={{ title: '未消込の入金はありません', hint: '入金明細を取り込むとここに並びます。' }}
        above={<span>残りの差額 ¥0　／　24件</span>}
      >
        {item => (
          <>
            <Card
              title="候補の債権"
              note={item.id}
              actions={
                <ActionButton
                  kind="primary"
                  size="small"
                  disabledReason={null}
                  hint="A"
                  onClick={() => say.done('消し込みました')}
                >
                  消し込む
                </ActionButton>
              }
            >
              <KeyValue
                items={[
                  { key: 'number', label: '請求書番号', value: 'INV-2026-09-0398' },
                  { key: 'amount', label: '額面', value: <Yen value={item.amountYen} /> },
                  { key: 'debtor', label: '売掛先', value: '株式会社みなと不動産管理' },
                  { key: 'due', label: '期日', value: <DateText date="2026-11-30" /> },
                ]}
              />
            </Card>
            <Card title="候補になった理由">
              <RuleResults
                label="候補になった理由"
                rules={[
                  {
                    key: 'amount',
                    name: '金額が一致',
                    outcome: 'passed',
                    sentence: '振込手数料 ¥0 で、額面と同じ金額です。',
                  },
                  {
                    key: 'name',
                    name: '振込人名が一致',
                    outcome: 'passed',
                    sentence: '「ｶ)ﾐﾅﾄﾌﾄﾞｳｻﾝｶﾝﾘ」は登録済みの振込名義です。',
                  },
                  {
                    key: 'date',
                    name: '期日の前後',
                    outcome: 'unknown',
                    sentence: '期日より10日早い入金です。',
                    word: '注意',
                  },
                ]}
              />
            </Card>
          </>
        )}
      </WorkbenchShell>
    </>
  )
}
