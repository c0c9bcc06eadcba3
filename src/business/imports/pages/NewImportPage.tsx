import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi } from '../../../platform/web/api.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import type { Problem } from '../../../platform/web/problem.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  Card,
  FieldInput,
  FileDrop,
  Notice,
  PageHeader,
  Reasons,
  Stack,
  UiLink,
  Wizard,
} from '../../../ui/index.ts'
import './imports.css'
import { listTemplates, lookIntoFile, openBatch } from '../contract.ts'
import { LARGEST_FILE_BYTES } from '../files/file-table.ts'
import { steps } from './import-steps.tsx'
import { type LookedInto, TableChoices, tablesOf } from './TableChoices.tsx'

interface Opened {
  title: string
  id: string | null
  rowCount: number
  problem: Problem | null
}

/** Step 1: choose files, then the sheets and headings in them. A table is read whole or refused whole, with the place of the fault. */
export default function NewImportPage() {
  const follow = useFollow()
  const [files, setFiles] = useState<readonly File[]>([])
  const [looked, setLooked] = useState<readonly LookedInto[]>([])
  const [templateId, setTemplateId] = useState<string | null>(null)
  const [running, setRunning] = useState<string | null>(null)
  const [opened, setOpened] = useState<readonly Opened[]>([])
  const templates = useApi(listTemplates, {})
  const known = templates.state === 'ready' ? templates.value.rows : []
  const template = known.find(one => one.id === templateId)

  const choose = async (chosen: readonly File[]) => {
    setFiles(chosen)
    setOpened([])
    const kept = looked.filter(one => chosen.includes(one.file))
    setLooked(kept)
    const all = [...kept]
    for (const file of chosen.filter(one => !kept.some(old => old.file === one))) {
      setRunning(`${file.name} を調べています`)
      all.push(await look(file))
      setLooked([...all])
    }
    setRunning(null)
  }

  const open = async () => {
    const results: Opened[] = []
    for (const table of tablesOf(looked)) {
      setRunning(`${table.title} を読み込んでいます`)
      const { file, title, ...choice } = table
      try {
        const answer = await call(
          openBatch,
          {
            fileName: file.name,
            contentBase64: await base64Of(file),
            templateId: template?.kind === choice.kind ? template.id : null,
            ...choice,
          },
          { idempotencyKey: crypto.randomUUID() },
        )
        if ('pending' in answer) continue
        results.push({ title, id: answer.id, rowCount: answer.rowCount, problem: null })
      } catch (error) {
        results.push({ title, id: null, rowCount: 0, problem: problemOfError(error) })
      }
    }
    setRunning(null)
    const [only] = results
    if (results.length === 1 && only?.id) follow(`/imports/${only.id}`)
    else setOpened(results)
  }

  const wanted = tablesOf(looked).length
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
        onNext={() => void open()}
        nextLabel={wanted > 1 ? `${wanted}件の表を読み込む` : '読み込む'}
        nextDisabledReason={wanted > 0 ? null : '取り込む表を選んでください。'}
        running={running !== null}
      >
        <Stack>
          {opened.length > 0 && <OpenedList opened={opened} />}
          <Card
            title="ファイル"
            note="CSV（UTF-8・Shift_JIS）またはExcel（.xlsx）。いくつでもまとめて選べます"
          >
            <FileDrop
              label="取り込むファイル"
              accept={['.csv', '.xlsx', '.txt']}
              maxBytes={LARGEST_FILE_BYTES}
              many
              files={files}
              onChange={chosen => void choose(chosen)}
            />
            {running && (
              <p className="ui-faint" role="status">
                {running}
              </p>
            )}
          </Card>
          {looked.length > 0 && <TableChoices looked={looked} onChange={setLooked} />}
          {known.length > 0 && (
            <Card title="列の割当てのテンプレート">
              <FieldInput
                field={{
                  name: 'templateId',
                  type: 'choice',
                  label: 'テンプレート',
                  help: '前に保存した割当てと整形の設定を、同じ種類の表に使います。選ばなければ見出しから推測します。次の画面でも選べます。',
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

async function look(file: File): Promise<LookedInto> {
  try {
    const { encoding, sheets } = await call(lookIntoFile, {
      fileName: file.name,
      contentBase64: await base64Of(file),
    })
    // A workbook's hidden sheets, and sheets without a heading anybody knows, are taken only when somebody says so.
    const most = Math.max(...sheets.map(sheet => sheet.knownHeadings))
    return {
      file,
      encoding,
      problem: null,
      sheets: sheets.map(sheet => ({
        seen: sheet,
        taken:
          sheet.problem === null &&
          !sheet.hidden &&
          (sheets.length === 1 || sheet.knownHeadings > 1 || most < 2),
        kind: sheet.kind,
        headingLine: sheet.headingLine,
      })),
    }
  } catch (error) {
    return { file, encoding: null, problem: problemOfError(error), sheets: [] }
  }
}

function OpenedList({ opened }: { opened: readonly Opened[] }) {
  return (
    <Card
      title="読み込んだ表"
      note="それぞれを開いて、列の割当てへ進みます"
      actions={<UiLink href="/imports">一覧を開く</UiLink>}
    >
      <ul>
        {opened.map(({ title, id, rowCount, problem }) => (
          <li key={title}>
            {id ? (
              <>
                <UiLink href={`/imports/${id}`}>{title}</UiLink>　{rowCount.toLocaleString('ja-JP')}行
              </>
            ) : (
              <Notice tone="danger" title={`${title}：読み込めません（何も保存していません）`}>
                <Reasons reasons={problem?.reasons ?? []} />
              </Notice>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
