import { useState } from 'react'
import { Card, FileDrop, PageHeader, ProgressPanel, Wizard } from '../../src/ui/index.ts'

export function WizardPage() {
  const [files, setFiles] = useState<readonly File[]>([])
  return (
    <>
      <PageHeader title="台帳の取り込み" crumbs={[{ label: '移行・名寄せ', href: '#wizard' }]} />
      <Wizard
        label="取り込みの手順"
        steps={[
          { key: 'file', label: 'ファイル', detail: '顧客台帳_2026.xlsx' },
          { key: 'map', label: '列の対応', detail: '42列中 40列' },
          { key: 'problems', label: '問題の確認', detail: '37行' },
          { key: 'rehearsal', label: '試し取り込み' },
          { key: 'apply', label: '承認と反映' },
        ]}
        activeKey="rehearsal"
        onStep={() => undefined}
        onBack={() => undefined}
        onNext={() => undefined}
        nextDisabledReason="試し取り込みが終わるまで進めません。"
      >
        <ProgressPanel
          title="試し取り込み"
          state="running"
          done={6_240}
          total={9_849}
          counts={[
            { label: '新しい顧客', count: 5_871, tone: 'success' },
            { label: '既存と一致', count: 332 },
            { label: '要確認', count: 30, tone: 'warning' },
            { label: '取り込めない行', count: 7, tone: 'danger' },
          ]}
          secondsLeft={95}
          onCancel={() => undefined}
        />
        <ProgressPanel
          title="名簿の照合"
          state="failed"
          done={1_200}
          total={18_400}
          counts={[]}
          secondsLeft={null}
          onCancel={null}
          summary="名簿ファイル sdn.csv の 1,201 行目、3列目が読めませんでした。ファイルを入れ直して、もう一度始めてください。何も変更されていません。"
        />
        <Card title="ほかのファイル">
          <FileDrop
            label="取り込むファイル"
            accept={['.csv', '.xlsx']}
            maxBytes={52_428_800}
            many
            files={files}
            onChange={setFiles}
          />
        </Card>
      </Wizard>
    </>
  )
}
