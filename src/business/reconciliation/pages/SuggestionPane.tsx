import { type ReactNode, useState } from 'react'
import {
  Card,
  CodeText,
  type Column,
  DataTable,
  DateText,
  FieldInput,
  KeyValue,
  Notice,
  type Problem,
  Reasons,
  Stack,
  StatusTag,
  shownSource,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import type { BenchItem, Suggestion, WorkbenchClaim } from '../contract.ts'
import { shortReasonLabels } from '../labels.ts'
import type { ShortReason } from '../tables.ts'
import type { Division } from './bench-state.ts'

interface SuggestionPaneProps {
  item: BenchItem
  suggestion: Suggestion
  division: Division
  text: string
  onText: (text: string) => void
  shortReason: ShortReason | null
  onShortReason: (reason: ShortReason | null) => void
  problem: Problem | null
  accept: ReactNode
  hold: ReactNode
}

/** The right side: why, which claims, how much to each, and what is left over. */
export function SuggestionPane(props: SuggestionPaneProps) {
  const { item, suggestion, division, problem } = props
  return (
    <Stack>
      <Card
        title={item.payerKana || item.bankSummary || item.paymentNo}
        note={item.paymentNo}
        actions={
          <>
            {props.hold}
            {props.accept}
          </>
        }
      >
        <Stack>
          <KeyValue
            items={[
              { key: 'amount', label: '入金額', value: <Yen value={item.amountYen} strong /> },
              { key: 'on', label: '入金日', value: <DateText date={item.receivedOn} /> },
              { key: 'bank', label: '仕向銀行・支店', value: `${item.payerBank} ${item.payerBranch}` },
              { key: 'edi', label: 'EDI情報', value: item.edi },
            ]}
          />
          <Difference item={item} division={division} />
          {problem && (
            <Notice tone="danger" title={problem.title || '消し込めませんでした'} live>
              <Reasons reasons={problem.reasons} />
            </Notice>
          )}
        </Stack>
      </Card>
      <Card title="充当する債権" note="金額は直せます。空欄は充当しません。">
        <Claims {...props} />
      </Card>
      <Card title="候補の根拠">
        {suggestion.reasons.length === 0 ? (
          <p className="ui-faint">まだ照合していません。「候補を作り直す」を押してください。</p>
        ) : (
          <ReasonList reasons={suggestion.reasons} />
        )}
        {suggestion.alternatives.length > 0 && (
          <>
            <p>ほかの説明</p>
            <ul>
              {suggestion.alternatives.map(other => (
                <li key={other.receivableNos.join()}>
                  {other.receivableNos.join('、')}　{other.sentence}
                </li>
              ))}
            </ul>
          </>
        )}
      </Card>
    </Stack>
  )
}

const doubts = new Set([
  'several_explanations',
  'search_incomplete',
  'combination_may_be_chance',
  'claim_contested',
  'payer_contradicted',
  'quoted_reference_of_several',
  'kana_of_several_payers',
  'sender_unknown',
  'nothing_fits',
  'nothing_open',
  'excess',
  'part_payment',
])

/** Each named rule that spoke, those that ask for a person's eye marked. */
function ReasonList({ reasons }: { reasons: Suggestion['reasons'] }) {
  return (
    <ul>
      {reasons.map(reason => (
        <li key={reason.rule}>
          {doubts.has(reason.rule) ? (
            <StatusTag tone="warning" word="要確認" />
          ) : (
            <StatusTag tone="success" word="一致" />
          )}{' '}
          {reason.sentence} <span className="ui-faint">{shownSource(reason.source)}</span>
        </li>
      ))}
    </ul>
  )
}

/** What is left of the deposit while amounts are typed. */
function Difference({ item, division }: { item: BenchItem; division: Division }) {
  const leftYen = item.amountYen - division.totalYen
  const words =
    leftYen === 0
      ? '入金額と充当額が一致しています。'
      : leftYen > 0
        ? '残りは超過分として支払人に帰属し、返金または再充当します。'
        : '充当額が入金額を超えています。'
  return (
    <div aria-live="polite">
      <Notice tone={leftYen === 0 ? 'success' : leftYen > 0 ? 'warning' : 'danger'} title={words}>
        充当 <Yen value={division.totalYen} />
        {'　差額 '}
        <Yen value={leftYen} strong />
      </Notice>
    </div>
  )
}

function Claims({ suggestion, division, text, onText, shortReason, onShortReason }: SuggestionPaneProps) {
  const [layout, setLayout] = useTableLayout('reconciliation.claims')
  const columns: Column<WorkbenchClaim>[] = [
    {
      key: 'no',
      title: '債権',
      width: 130,
      hidable: false,
      render: row => (
        <UiLink href={`/receivables/${row.receivableId}`}>
          <CodeText code={row.receivableNo} />
        </UiLink>
      ),
    },
    { key: 'open', title: '未回収', width: 116, kind: 'number', render: row => <Yen value={row.openYen} /> },
    {
      key: 'apply',
      title: '充当額',
      width: 150,
      hidable: false,
      render: row => (
        <AmountCell
          label={`${row.receivableNo} の充当額`}
          yen={division.yenOf(row.receivableId)}
          onChange={yen => division.put(row.receivableId, yen)}
        />
      ),
    },
    {
      key: 'debts',
      title: '利用者の債務',
      width: 150,
      render: row => (
        <>
          {row.clientDebtYen > 0 && <Yen value={row.clientDebtYen} />}
          {row.payerId !== row.clientId && (
            <label style={{ display: 'block', whiteSpace: 'nowrap' }}>
              <input
                type="checkbox"
                checked={division.byClient(row.receivableId)}
                onChange={event => division.setByClient(row.receivableId, event.target.checked)}
              />{' '}
              利用者が支払
            </label>
          )}
        </>
      ),
    },
    { key: 'invoice', title: '請求書番号', width: 130, render: row => row.invoiceNo },
    { key: 'debtor', title: '売掛先', width: 170, render: row => row.debtorName },
    { key: 'client', title: '利用者', width: 170, render: row => row.clientName },
    { key: 'payable', title: '回収期日', width: 104, render: row => <DateText date={row.payableOn} /> },
  ]
  return (
    <>
      <div>
        <FieldInput
          field={{ name: 'text', type: 'text', label: '債権を探す（債権番号・請求書番号・社名）' }}
          value={text}
          onChange={onText}
        />
        <FieldInput
          field={{
            name: 'shortReason',
            type: 'choice',
            label: '不足額の理由',
            help: '会社設定の振込手数料・消費税の端数と一致すると、債権を完済として閉じます。',
            options: Object.entries(shortReasonLabels).map(([value, label]) => ({ value, label })),
          }}
          value={shortReason}
          onChange={value => onShortReason(value as ShortReason | null)}
        />
      </div>
      <DataTable
        label="充当する債権"
        height="natural"
        columns={columns}
        rows={{ state: 'ready', value: suggestion.claims as readonly WorkbenchClaim[] }}
        rowKey={row => row.receivableId}
        rowName={row => row.receivableNo}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '候補の債権がありません',
          hint: '債権番号や社名で探すか、保留にして入金元に確認してください。',
        }}
      />
    </>
  )
}

/** Yen typed in a row; put into thousands while nobody types in it. */
function AmountCell({
  label,
  yen,
  onChange,
}: {
  label: string
  yen: number
  onChange: (yen: number) => void
}) {
  const [typing, setTyping] = useState(false)
  return (
    <input
      className="ui-cell-input"
      inputMode="numeric"
      aria-label={label}
      value={yen === 0 ? '' : typing ? yen : yen.toLocaleString('ja-JP')}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      onChange={event => onChange(Number(event.target.value.normalize('NFKC').replace(/[^0-9]/g, '')) || 0)}
    />
  )
}
