import { CheckCircleOutlined, CloudOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons'
import { words } from '../labels.ts'

/** Where the typed words are now. `none`: nothing typed yet; `off`: this form keeps no draft. `time` is shown as it is, e.g. 12:34. */
export type DraftStatus =
  | { state: 'off' }
  | { state: 'none' }
  | { state: 'saving' }
  | { state: 'saved'; time: string }
  | { state: 'failed' }

/** 「下書き保存済み 12:34」 — one quiet line that never leaves a doubt. */
export function DraftLine({ status }: { status: DraftStatus }) {
  if (status.state === 'off') return null
  return (
    <span className={`ui-draft ui-draft-${status.state}`} role="status">
      {icons[status.state]} {sentence(status)}
    </span>
  )
}

const icons = {
  none: <CloudOutlined aria-hidden="true" />,
  saving: <LoadingOutlined aria-hidden="true" />,
  saved: <CheckCircleOutlined aria-hidden="true" />,
  failed: <WarningOutlined aria-hidden="true" />,
}

function sentence(status: Exclude<DraftStatus, { state: 'off' }>): string {
  if (status.state === 'saved') return words.form.draftSaved(status.time)
  if (status.state === 'saving') return words.form.draftSaving
  return status.state === 'failed' ? words.form.draftFailed : words.form.draftNone
}
