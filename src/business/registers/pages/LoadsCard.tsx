import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DataTable,
  DateText,
  DateTimeText,
  FileDrop,
  mapLoadable,
  Notice,
  useSay,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { listLoads, loadRegister } from '../contract.ts'

const LARGEST = 40 * 1024 * 1024
const count = (value: number) => value.toLocaleString('ja-JP')

/** Published files which were loaded, and the load of one more; large ones are loaded on the server's command line. */
export function LoadsCard() {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('registers.loads')
  const say = useSay()
  const [files, setFiles] = useState<readonly File[]>([])
  const loads = useApi(listLoads, {}, { refetchMs: 15_000 })
  const load = useCommand(loadRegister, {
    onDone: ({ rows, added, changed, problems }) => {
      setFiles([])
      say.done(
        `${count(rows)}行を読み込みました（追加${count(added)}・更新${count(changed)}・読取不可${count(problems)}）`,
      )
    },
  })
  const [file] = files
  return (
    <Card
      title="公表ファイル（法人番号）"
      actions={
        <ActionButton
          kind="primary"
          disabledReason={whyNot('registers.load') ?? (file ? null : 'ファイルを選んでください。')}
          running={load.running}
          onClick={() =>
            file &&
            void base64Of(file).then(contentBase64 => load.run({ fileName: file.name, contentBase64 }))
          }
        >
          読み込む
        </ActionButton>
      }
    >
      {load.problem && (
        <Notice tone="danger" live title={load.problem.reasons[0]?.sentence ?? load.problem.title} />
      )}
      <p className="ui-faint">
        国税庁
        法人番号公表サイトの「全件データ」「差分データ」（CSVまたはZIP）をそのまま読み込みます。40MBを超える全件データは、サーバーで
        「npm run -s daicho -- registers load ファイル名」を実行してください。
      </p>
      <FileDrop
        label="公表ファイル"
        accept={['.csv', '.zip']}
        maxBytes={LARGEST}
        many={false}
        files={files}
        onChange={setFiles}
      />
      <DataTable
        label="読み込んだ公表ファイル"
        height="natural"
        rows={mapLoadable(loads, answer => answer.rows)}
        rowKey={row => row.id}
        rowName={row => row.fileName}
        columns={[
          { key: 'file', title: 'ファイル', render: row => row.fileName, width: 260, hidable: false },
          { key: 'asOf', title: '時点', render: row => <DateText date={row.newestUpdateOn} />, width: 112 },
          { key: 'rows', title: '行', render: row => count(row.rows), width: 96, kind: 'number' },
          { key: 'added', title: '追加', render: row => count(row.added), width: 88, kind: 'number' },
          { key: 'changed', title: '更新', render: row => count(row.changed), width: 88, kind: 'number' },
          {
            key: 'problems',
            title: '読取不可',
            render: row => count(row.problems),
            width: 96,
            kind: 'number',
          },
          {
            key: 'compared',
            title: '顧客との突合',
            render: row => (row.compared ? '済' : '実行待ち'),
            width: 120,
          },
          { key: 'at', title: '読込', render: row => <DateTimeText at={row.loadedAt} />, width: 160 },
          { key: 'by', title: '読み込んだ人', render: row => row.loadedBy, width: 140 },
        ]}
        pager={{ next: null, previous: null }}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '公表ファイルはまだ読み込まれていません',
          hint: '読み込むと、登録時に商号や番号から内容を自動で入力でき、毎月の差分で商号・所在地の変更や閉鎖に気づけます。',
        }}
      />
    </Card>
  )
}
