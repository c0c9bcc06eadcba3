import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  CodeText,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  FieldInput,
  FileDrop,
  KeyValue,
  mapLoadable,
  Notice,
  PageHeader,
  Reasons,
  Stack,
  Yen,
} from '../../../ui/index.ts'
import { ownAccounts } from '../../accounts/contract.ts'
import { useTableLayout } from '../../desk/web.ts'
import {
  type ImportResult,
  importStatement,
  LARGEST_STATEMENT_BYTES,
  listStatementFiles,
  type StatementFileRow,
} from '../contract.ts'
import { formatLabels } from '../labels.ts'

const columns: Column<StatementFileRow>[] = [
  { key: 'no', title: '番号', width: 100, hidable: false, render: row => <CodeText code={row.fileNo} /> },
  { key: 'name', title: 'ファイル名', width: 220, render: row => row.fileName },
  { key: 'format', title: '形式', width: 170, render: row => formatLabels[row.format] ?? row.format },
  {
    key: 'period',
    title: '期間',
    width: 210,
    render: row => (
      <>
        <DateText date={row.fromOn} />～<DateText date={row.toOn} />
      </>
    ),
  },
  { key: 'total', title: '明細', width: 70, kind: 'number', render: row => row.linesTotal },
  { key: 'new', title: '新規', width: 70, kind: 'number', render: row => row.linesNew },
  { key: 'known', title: '取込済', width: 76, kind: 'number', render: row => row.linesKnown },
  { key: 'twins', title: '要確認', width: 76, kind: 'number', render: row => row.twins },
  { key: 'yen', title: '入金額', width: 130, kind: 'number', render: row => <Yen value={row.depositsYen} /> },
  { key: 'by', title: '取込者', width: 110, render: row => row.importedBy.name },
  { key: 'at', title: '取込日時', width: 150, render: row => <DateTimeText at={row.importedAt} /> },
]

/** Takes a statement file in, says what came of it, and lists the files taken before. */
export default function ImportPage() {
  const [files, setFiles] = useState<readonly File[]>([])
  const [accountId, setAccountId] = useState<string | null>(null)
  const [result, setResult] = useState<ImportResult | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const whyNot = useWhyNot()
  const accounts = useApi(ownAccounts, {})
  const take = useCommand(importStatement, {
    onDone: answer => {
      setResult(answer)
      setFiles([])
    },
  })
  const [file] = files
  const start = async () => {
    if (!file) return
    setResult(null)
    setUnreadable(false)
    const contentBase64 = await base64Of(file).catch(() => null)
    if (contentBase64 === null) setUnreadable(true)
    else take.run({ fileName: file.name, contentBase64, accountId })
  }
  const options =
    accounts.state === 'ready'
      ? accounts.value.accounts
          .filter(one => one.validTo === null)
          .map(one => ({
            value: one.id,
            label: `${one.bankName} ${one.branchName} ●●●●${one.accountNoLast}`,
          }))
      : []
  return (
    <Stack>
      <PageHeader
        title="明細の取り込み"
        crumbs={[{ label: '入金', href: '/payments' }]}
        detail="同じ明細行は何度取り込んでも1回だけ記帳されます。1行でも読めないファイルは、全体を取り込みません。"
      />
      <Card title="ファイル">
        <Stack narrow>
          <FileDrop
            label="入出金明細のファイル"
            accept={['.txt', '.dat', '.csv', '.api', '.zen', '.asc']}
            maxBytes={LARGEST_STATEMENT_BYTES}
            many={false}
            files={files}
            onChange={chosen => {
              setFiles(chosen)
              take.reset()
            }}
          />
          <FieldInput
            field={{
              name: 'accountId',
              type: 'choice',
              label: '口座（口座番号のないCSVの場合）',
              options,
              help: '全銀形式のファイルは、ファイルの中の口座番号で判断します。',
            }}
            value={accountId}
            onChange={setAccountId}
          />
          {unreadable && (
            <Notice tone="danger" title="ファイルを開けませんでした。もう一度選び直してください。" live />
          )}
          {take.problem && (
            <Notice tone="danger" title="取り込めませんでした。何も記帳していません。" live>
              <Reasons reasons={take.problem.reasons} />
            </Notice>
          )}
          <p>
            <ActionButton
              kind="primary"
              running={take.running}
              disabledReason={whyNot('payments.import') ?? (file ? null : 'ファイルを選んでください。')}
              onClick={() => void start()}
            >
              取り込む
            </ActionButton>
          </p>
        </Stack>
      </Card>
      {result && <ResultCard result={result} />}
      <History />
    </Stack>
  )
}

function ResultCard({ result }: { result: ImportResult }) {
  const follow = useFollow()
  const title = result.alreadyImported
    ? `このファイルは取込済みです（${result.fileNo}）。何も記帳していません。`
    : `${result.fileNo} を取り込みました。`
  return (
    <Card
      title="取り込みの結果"
      actions={
        <>
          {result.twins > 0 && (
            <ActionButton disabledReason={null} onClick={() => follow('/payments?state=received')}>
              重複の可能性 {result.twins}件を確認
            </ActionButton>
          )}
          <ActionButton kind="primary" disabledReason={null} onClick={() => follow('/reconciliation')}>
            消込へ進む
          </ActionButton>
        </>
      }
    >
      <Notice tone={result.alreadyImported ? 'warning' : 'success'} title={title} live />
      <KeyValue
        items={[
          { key: 'total', label: '明細', value: `${result.linesTotal}件` },
          { key: 'new', label: '新規', value: `${result.linesNew}件` },
          { key: 'known', label: '取込済（記帳しない）', value: `${result.linesKnown}件` },
          { key: 'deposits', label: '記帳した入金', value: `${result.depositsNew}件` },
          { key: 'yen', label: '記帳した入金額', value: <Yen value={result.depositsYen} strong /> },
          { key: 'twins', label: '重複の確認待ち', value: `${result.twins}件` },
          { key: 'back', label: '銀行による取消', value: `${result.takenBack}件` },
        ]}
      />
      {result.notices.map(notice => (
        <Notice key={notice} tone="warning" title={notice} />
      ))}
    </Card>
  )
}

function History() {
  const list = useListState([])
  const [layout, setLayout] = useTableLayout('payments.files')
  const page = useApi(listStatementFiles, { after: list.after })
  return (
    <Card title="取り込みの履歴" flush>
      <DataTable
        label="取り込んだ明細ファイル"
        height="natural"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly StatementFileRow[])}
        rowKey={row => row.id}
        rowName={row => row.fileNo}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: 'まだ取り込みはありません',
          hint: '銀行から取得したファイルを、そのまま選んでください。',
        }}
      />
    </Card>
  )
}
