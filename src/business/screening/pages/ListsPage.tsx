import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  FileDrop,
  KeyValue,
  Loaded,
  Notice,
  PageHeader,
  Stack,
} from '../../../ui/index.ts'
import { type ListVersion, loadWatchLists, watchLists } from '../contract.ts'
import { problemLabels } from '../labels.ts'

const LARGEST = 30 * 1024 * 1024
const PROBLEMS_SHOWN = 5

/** 照合リスト: versions in force with their counts and problems, and the load of new ones. */
export default function ListsPage() {
  const lists = useApi(watchLists, {}, { refetchMs: 10_000 })
  return (
    <>
      <PageHeader
        title="照合リスト"
        detail="読み込むたびに版が増え、変わった行は全対象とその日のうちに照合します"
        crumbs={[{ label: '反社・制裁', href: '/screening' }]}
      />
      <Stack>
        <LoadCard />
        <Loaded from={lists} rows={8}>
          {({ versions }) =>
            versions.length === 0 ? (
              <EmptyState
                title="照合リストはまだありません"
                hint="付属の公表リストと、自社の反社リスト（CSV）を読み込んでください。それまで全員が「未照合」です。"
              />
            ) : (
              versions.map(version => <VersionCard key={version.id} version={version} />)
            )
          }
        </Loaded>
      </Stack>
    </>
  )
}

function LoadCard() {
  const whyNot = useWhyNot()
  const [files, setFiles] = useState<readonly File[]>([])
  const load = useCommand(loadWatchLists, { onDone: () => setFiles([]) })
  const send = async (shipped: boolean) => {
    const sent = await Promise.all(
      files.map(async file => ({ fileName: file.name, contentBase64: await base64Of(file) })),
    )
    load.run({ files: sent, shipped })
  }
  const may = whyNot('screening.loadLists')
  return (
    <Card
      title="リストを読み込む"
      actions={
        <>
          <ActionButton disabledReason={may} running={load.running} onClick={() => void send(true)}>
            付属の公表リストを読み込む
          </ActionButton>
          <ActionButton
            kind="primary"
            disabledReason={may ?? (files.length === 0 ? 'ファイルを選んでください。' : null)}
            running={load.running}
            onClick={() => void send(false)}
          >
            選んだファイルを読み込む
          </ActionButton>
        </>
      }
    >
      {load.problem && (
        <Notice tone="danger" live title={load.problem.reasons[0]?.sentence ?? load.problem.title} />
      )}
      <p className="ui-faint">
        OFAC・国連・EU・財務省の公表ファイルと、自社リスト（列名{' '}
        <code>name, name_kana, kind, birth_date, address, reason, source, listed_on</code>{' '}
        のCSV）を読み取ります。同じファイル名の自社リストは新しい版になります。
      </p>
      <FileDrop
        label="リストファイル"
        accept={['.csv', '.xml', '.xlsx', '.txt', '.gz']}
        maxBytes={LARGEST}
        many
        files={files}
        onChange={setFiles}
      />
    </Card>
  )
}

function VersionCard({ version }: { version: ListVersion }) {
  return (
    <Card title={version.title} note={`第${version.versionNo}版`}>
      <KeyValue
        items={[
          { key: 'entries', label: '掲載', value: `${version.entries.toLocaleString('ja-JP')}件` },
          {
            key: 'diff',
            label: '前の版から',
            value: `追加${version.added}・変更${version.changed}・削除${version.removed}`,
          },
          { key: 'published', label: '公表日', value: <DateText date={version.publishedOn} /> },
          { key: 'loaded', label: '読込', value: <DateTimeText at={version.loadedAt} /> },
          { key: 'by', label: '読み込んだ人', value: version.loadedBy },
          {
            key: 'compared',
            label: '差分の照合',
            value: version.comparedAt
              ? `対象${version.comparedSubjects}件中、候補あり${version.comparedHits}件`
              : '実行待ち',
          },
          {
            key: 'files',
            label: 'ファイル',
            wide: true,
            value: version.files
              .map(file => `${file.file}（${file.rows.toLocaleString('ja-JP')}行）`)
              .join('、'),
          },
        ]}
      />
      {version.problems > 0 && (
        <Notice tone="warning" title={`読み取れない箇所 ${version.problems}件（残りの行は読み込み済み）`}>
          {version.problemRows.slice(0, PROBLEMS_SHOWN).map(row => (
            <p key={`${row.file}-${row.line}-${row.message}`}>
              {row.file}
              {row.line === null ? '' : ` ${row.line}行目`}：{problemLabels[row.code] ?? row.code}
            </p>
          ))}
        </Notice>
      )}
    </Card>
  )
}
