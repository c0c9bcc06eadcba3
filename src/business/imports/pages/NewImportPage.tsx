import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { Card, FieldInput, FileDrop, Notice, PageHeader, Reasons, Stack, Wizard } from '../../../ui/index.ts'
import { listTemplates, openBatch } from '../contract.ts'
import { LARGEST_FILE_BYTES } from '../files/file-table.ts'
import { steps } from './import-steps.tsx'

/** Step 1: choose a file. It is read whole or refused whole, with the place of the fault. */
export default function NewImportPage() {
  const follow = useFollow()
  const [files, setFiles] = useState<readonly File[]>([])
  const [templateId, setTemplateId] = useState<string | null>(null)
  const [reading, setReading] = useState(false)
  const templates = useApi(listTemplates, {})
  const open = useCommand(openBatch, { onDone: answer => follow(`/imports/${answer.id}`) })
  const file = files[0]
  const send = async () => {
    if (!file) return
    setReading(true)
    const contentBase64 = await base64Of(file)
    setReading(false)
    open.run({ fileName: file.name, contentBase64, templateId })
  }
  const known = templates.state === 'ready' ? templates.value.rows : []
  return (
    <>
      <PageHeader
        title="ファイルを読み込む"
        crumbs={[{ label: '移行・取込', href: '/imports' }]}
        detail="読み込んだだけでは登録内容は変わりません"
      />
      <Wizard
        label="取込の手順"
        steps={steps()}
        activeKey="file"
        onBack={() => follow('/imports')}
        onNext={() => void send()}
        nextLabel="読み込む"
        nextDisabledReason={file ? null : 'ファイルを選んでください。'}
        running={reading || open.running}
      >
        <Stack narrow>
          {open.problem && (
            <Notice tone="danger" live title="このファイルは読み込めません（何も保存していません）">
              <Reasons reasons={open.problem.reasons} />
            </Notice>
          )}
          <Card title="台帳のファイル" note="1行目に見出し。UTF-8・Shift_JISのCSV、またはExcel（.xlsx）">
            <FileDrop
              label="台帳のファイル"
              accept={['.csv', '.xlsx', '.txt']}
              maxBytes={LARGEST_FILE_BYTES}
              many={false}
              files={files}
              onChange={chosen => {
                open.reset()
                setFiles(chosen)
              }}
            />
          </Card>
          {known.length > 0 && (
            <Card title="列の割当てのテンプレート">
              <FieldInput
                field={{
                  name: 'templateId',
                  type: 'choice',
                  label: 'テンプレート',
                  help: '前に保存した割当てを使います。選ばなければ見出しから推測します。',
                  options: known.map(({ id, name }) => ({ value: id, label: name })),
                }}
                value={templateId}
                onChange={setTemplateId}
              />
            </Card>
          )}
        </Stack>
      </Wizard>
    </>
  )
}
