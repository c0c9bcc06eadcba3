import { one, useUrlState } from '../../../platform/web/url.ts'
import { ListShell, TabStrip } from '../../../ui/index.ts'
import { DoneTable } from './DoneTable.tsx'
import { DueTable } from './DueTable.tsx'

/** 廃棄: what is past its retention, and what was destroyed. */
export default function DisposalPage() {
  const [url, setUrl] = useUrlState()
  const view = one(url.view) === 'done' ? 'done' : 'due'
  return (
    <ListShell
      header={{
        title: '廃棄',
        detail:
          '保存期間（最も長い規則）を過ぎた記録。申請と別の人の承認で、鍵・内容・ファイルを破棄し、廃棄証明書を残します',
      }}
      above={
        <TabStrip
          label="表示"
          panelId="disposal-list"
          tabs={[
            { key: 'due', label: '廃棄の対象' },
            { key: 'done', label: '廃棄の記録' },
          ]}
          active={view}
          onChoose={key =>
            setUrl({
              view: key === 'done' ? 'done' : undefined,
              at: undefined,
              kind: undefined,
              state: undefined,
            })
          }
        />
      }
    >
      <div id="disposal-list" role="tabpanel">
        {view === 'done' ? <DoneTable /> : <DueTable />}
      </div>
    </ListShell>
  )
}
