import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi } from '../../../platform/web/api.ts'
import { ActionButton, FileDrop, Reasons, useFormScope, words } from '../../../ui/index.ts'
import { addDocument, LARGEST_FILE_BYTES, listDocuments } from '../contract.ts'
import { docKindLabels } from '../labels.ts'
import type { DocKind } from '../tables.ts'
import { acceptedEndings, sendFile } from './upload.ts'

interface EvidenceInputProps {
  /** The record the evidence is about; new files are linked to it. */
  record: { kind: string; id: string }
  /** Ids of chosen documents. */
  value: readonly string[]
  onChange: (value: readonly string[]) => void
  /** What kind a newly added file is, unless the person says otherwise. */
  docKind?: DocKind
  /** What the papers are called here. */
  label?: string
  /** Says that the act is refused without any. */
  required?: boolean
}

const FIELD = 'change.evidence'

/** A file that is chosen but not on the record would be left behind without a word when the form is sent. */
const NONE = '書類を選ぶか、ファイルを追加してください。'
const NOT_ADDED = '選んだファイルがまだ追加されていません。「ファイルを追加」を押すか、取り消してください。'

/** Evidence for a change: documents already on the record, or a file added on the spot. */
export function EvidenceInput({
  record,
  value,
  onChange,
  docKind = 'registry',
  label = '裏付け資料',
  required = false,
}: EvidenceInputProps) {
  const queries = useQueryClient()
  const [kind, setKind] = useState<DocKind>(docKind)
  const [files, setFiles] = useState<readonly File[]>([])
  const { register, report } = useFormScope()
  const known = useApi(listDocuments, { recordId: record.id, limit: 100 })
  useEffect(() => register(FIELD, '裏付け資料'), [register])
  useEffect(() => {
    report(FIELD, files.length > 0 ? NOT_ADDED : required && value.length === 0 ? NONE : null)
    return () => report(FIELD, null)
  }, [report, files.length, required, value.length])
  const add = useMutation({
    mutationFn: async () => {
      const ids: string[] = []
      for (const file of files) {
        const { uploadId } = await sendFile(file, record)
        const added = await call(addDocument, { uploadId, docKind: kind, links: [record] })
        if ('id' in added) ids.push(added.id)
      }
      return ids
    },
    onSuccess: async ids => {
      setFiles([])
      onChange([...value, ...ids])
      await queries.invalidateQueries({ queryKey: [listDocuments.name] })
    },
  })
  const options =
    known.state === 'ready'
      ? known.value.rows.map(row => ({
          value: row.id,
          label: `${docKindLabels[row.docKind]}　${row.title}（${row.docNo}）`,
        }))
      : []
  return (
    <div className="ui-field ui-field-full">
      <span className="ui-field-label" id="evidence-label">
        {label}
        {required && <span className="ui-required">{words.form.required}</span>}
      </span>
      <Select
        mode="multiple"
        aria-labelledby="evidence-label"
        placeholder="登録済みの書類から選ぶ"
        options={options}
        value={[...value]}
        onChange={chosen => onChange(chosen)}
        style={{ width: '100%' }}
        optionFilterProp="label"
        notFoundContent="この記録の書類はまだありません"
      />
      <div className="ui-add-file">
        <Select
          aria-label="追加する書類の種類"
          value={kind}
          onChange={setKind}
          options={Object.entries(docKindLabels).map(([key, label]) => ({ value: key, label }))}
          style={{ minWidth: 180 }}
        />
        <FileDrop
          label={`${label}のファイル`}
          accept={acceptedEndings}
          maxBytes={LARGEST_FILE_BYTES}
          many
          files={files}
          onChange={setFiles}
        />
        <ActionButton
          disabledReason={files.length === 0 ? '追加するファイルを選んでください。' : null}
          running={add.isPending}
          onClick={() => add.mutate()}
        >
          ファイルを追加
        </ActionButton>
      </div>
      {add.error && <Reasons reasons={problemOfError(add.error).reasons} />}
    </div>
  )
}
