import { useState } from 'react'
import { problemOfError, useCommand } from '../../../platform/web/api.ts'
import { ConfirmAction, FieldInput, FileDrop, type Problem } from '../../../ui/index.ts'
import type { DocumentShown } from '../contract.ts'
import { authenticityLabels } from '../labels.ts'
import { stampDocument } from '../stamps/contract.ts'
import { LARGEST_TOKEN_BYTES, sendTimeStamp, tokenEndings } from './upload.ts'

const kinds = [
  { value: 'sender', label: authenticityLabels.timestamped_by_sender },
  { value: 'ours', label: authenticityLabels.timestamped },
]

/** Files a time-stamp token with the newest version of a paper, once its imprint is found to be the hash of the file. */
export function StampDialog({ document, onClose }: { document: DocumentShown; onClose: () => void }) {
  const [files, setFiles] = useState<readonly File[]>([])
  const [by, setBy] = useState<string | null>('sender')
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const stamp = useCommand(stampDocument, { onDone: onClose })
  const file = files[0]
  const versionNo = document.versions[0]?.versionNo ?? 1
  const send = async (reason: string) => {
    if (!file) return
    setRefused(null)
    setSending(true)
    try {
      const { uploadId } = await sendTimeStamp(file, { documentId: document.id, versionNo })
      stamp.run({
        documentId: document.id,
        rowVersion: document.rowVersion,
        uploadId,
        stampedBy: by === 'ours' ? 'ours' : 'sender',
        reason,
      })
    } catch (error) {
      setRefused(problemOfError(error as Error))
    } finally {
      setSending(false)
    }
  }
  return (
    <ConfirmAction
      open
      title="タイムスタンプを登録します"
      what={`第${versionNo}版のファイルのハッシュ値と照合し、一致したときだけ登録します。日時はタイムスタンプから読み取ります。`}
      confirmLabel="照合して登録する"
      reason="required"
      running={stamp.running || sending}
      problem={refused ?? stamp.problem}
      unfilled={file ? null : 'タイムスタンプのファイルを選んでください。'}
      onConfirm={reason => void send(reason)}
      onClose={onClose}
    >
      <FileDrop
        label="タイムスタンプのファイル"
        accept={tokenEndings}
        maxBytes={LARGEST_TOKEN_BYTES}
        many={false}
        files={files}
        onChange={setFiles}
      />
      <FieldInput
        field={{ name: 'stampedBy', type: 'choice', label: '誰が付けたか', required: true, options: kinds }}
        value={by}
        onChange={setBy}
      />
    </ConfirmAction>
  )
}
