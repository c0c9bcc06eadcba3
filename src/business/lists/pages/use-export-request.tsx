import { type ReactNode, useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { requestExport } from '../contract.ts'
import { ExportProgress, WaitsForSecond } from './ExportProgress.tsx'

/** Asks for an export; `after` is what stands in place of the form once it was asked for: its progress, or that it waits for a second person. */
export function useExportRequest(rowLimit: number) {
  const [made, setMade] = useState<string | null>(null)
  const [waits, setWaits] = useState<{ changeRequestId: string; changeNo: string } | null>(null)
  const request = useCommand(requestExport, { onDone: ({ id }) => setMade(id), onPending: setWaits })
  const after: ReactNode = made ? (
    <ExportProgress exportId={made} />
  ) : waits ? (
    <WaitsForSecond rowLimit={rowLimit} {...waits} />
  ) : null
  return { request, after }
}

/** What keeps an export from being asked for: no column (`noColumn` says which are meant), or no purpose. */
export function missingOfExport(
  columns: readonly string[],
  noColumn: string,
  purpose: string,
): string | null {
  if (columns.length === 0) return noColumn
  return purpose.trim().length < 5 ? '使う目的を5文字以上で入力してください。' : null
}
