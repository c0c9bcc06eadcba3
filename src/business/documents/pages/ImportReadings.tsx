import { Button } from 'antd'
import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, FileDrop, ScrollBox, StatusTag } from '../../../ui/index.ts'
import { importReadings } from '../readings/contract.ts'

const LARGEST_BYTES = 5 * 1024 * 1024
const shape = importReadings.input.shape.papers
const words = { proposed: '提案', quarantined: '隔離', refused: '取込不可' } as const
const tones = { proposed: 'success', quarantined: 'danger', refused: 'warning' } as const

type Papers = (typeof shape)['_output']

/** Takes a file of readings by an outside reader; each value becomes a proposal on its paper. */
export function ImportReadings() {
  const { permissions } = useSession()
  const [open, setOpen] = useState(false)
  if (!permissions.has('documents.propose')) return null
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        読み取り結果の取込
      </Button>
      {open && <ImportDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const [source, setSource] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const [papers, setPapers] = useState<Papers | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [rows, setRows] =
    useState<readonly { docNo: string; outcome: keyof typeof words; sentence: string }[]>()
  const take = useCommand(importReadings, { onDone: answer => setRows(answer.rows) })
  const choose = async (chosen: readonly File[]) => {
    setFiles(chosen)
    setPapers(null)
    setFault(null)
    if (!chosen[0]) return
    const read = readPapers(await chosen[0].text())
    if (typeof read === 'string') setFault(read)
    else setPapers(read)
  }
  if (rows)
    return (
      <ConfirmAction
        open
        wide
        title="読み取り結果を取り込みました"
        what="提案は、それぞれの書類のページで採用・不採用を決めます。"
        confirmLabel="閉じる"
        reason="none"
        running={false}
        problem={null}
        onConfirm={onClose}
        onClose={onClose}
      >
        <ScrollBox label="取込の結果">
          <table className="ui-lines">
            <thead>
              <tr>
                <th scope="col">書類</th>
                <th scope="col">結果</th>
                <th scope="col">内容</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one paper may stand in the file twice, and the rows never move.
                <tr key={at}>
                  <th scope="row">{row.docNo}</th>
                  <td>
                    <StatusTag tone={tones[row.outcome]} word={words[row.outcome]} />
                  </td>
                  <td>{row.sentence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </ConfirmAction>
    )
  return (
    <ConfirmAction
      open
      wide
      title="読み取り結果を取り込みます"
      what="外部のOCRが書き出したJSONファイルです。値は提案として登録され、書類の項目は変わりません。"
      confirmLabel="取り込む"
      reason="none"
      running={take.running}
      problem={take.problem}
      unfilled={
        source.trim() === ''
          ? '読み取り元を入力してください。'
          : (fault ?? (papers ? null : 'ファイルを選んでください。'))
      }
      onConfirm={() => papers && take.run({ source: source.trim(), papers })}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'source',
          type: 'text',
          label: '読み取り元',
          required: true,
          maxLength: 100,
          example: '請求書OCR 2.1',
        }}
        value={source}
        onChange={setSource}
      />
      <FileDrop
        label="読み取り結果のファイル"
        accept={['.json']}
        maxBytes={LARGEST_BYTES}
        many={false}
        files={files}
        onChange={chosen => void choose(chosen)}
      />
      {papers && <p role="status">{`書類 ${papers.length}件の読み取り結果があります。`}</p>}
      <p className="ui-faint">
        {
          '形：{"papers":[{"docNo":"DOC-000123","fields":[{"field":"amountYen","value":"1100000","confidencePpm":985000}]}]}'
        }
      </p>
    </ConfirmAction>
  )
}

/** The papers of the file, or what is wrong with it. */
function readPapers(text: string): Papers | string {
  let read: unknown
  try {
    read = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return 'JSONとして読めません。OCRの書き出しの形式を確かめてください。'
  }
  const listed = Array.isArray(read) ? read : (read as { papers?: unknown } | null)?.papers
  const parsed = shape.safeParse(listed)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return `ファイルの「${['papers', ...(issue?.path ?? [])].join(' › ')}」が、決められた形ではありません。`
}
