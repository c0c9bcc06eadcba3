import { useState } from 'react'
import { useBulk } from '../../../platform/web/bulk.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, BulkDialog } from '../../../ui/index.ts'
import { proposeDisposal } from '../contract.ts'
import type { DueRow } from './DueTable.tsx'

interface ProposeManyProps {
  rows: readonly DueRow[]
  /** Told which rows were refused or not reached; they stay chosen. */
  onDone: (left: readonly string[]) => void
}

/** Asks for the disposal of each chosen record: one request each, so that each is decided by itself. */
export function ProposeMany({ rows, onDone }: ProposeManyProps) {
  const [open, setOpen] = useState(false)
  const why = useWhyNot()('disposal.propose')
  const bulk = useBulk(proposeDisposal)
  return (
    <>
      <ActionButton size="small" kind="danger" disabledReason={why} onClick={() => setOpen(true)}>
        廃棄を申請
      </ActionButton>
      <BulkDialog
        open={open}
        title="選んだ記録の廃棄を申請します"
        what="1件ずつ申請になり、別の人が承認すると元に戻せません。妨げのある記録は理由とともに断られます。"
        names={rows.map(row => `${row.number} ${row.name}`)}
        confirmLabel="申請する"
        missing={null}
        reason="required"
        running={bulk.running}
        total={bulk.total}
        outcomes={bulk.outcomes}
        onStop={bulk.stop}
        onConfirm={reasonText =>
          bulk.run(
            rows.map(({ id, number, subjectKind, subjectId }) => ({
              key: id,
              name: number,
              input: () => ({
                subjectKind,
                subjectId,
                change: { reasonCode: 'review' as const, reasonText, evidence: [] },
              }),
            })),
          )
        }
        onClose={() => {
          setOpen(false)
          if (bulk.outcomes) onDone(bulk.left)
          bulk.reset()
        }}
      />
    </>
  )
}
