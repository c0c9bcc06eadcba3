import { useState } from 'react'
import { useBulk } from '../../../platform/web/bulk.ts'
import type { BulkRow } from '../../../platform/web/page.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, BulkDialog, FieldInput } from '../../../ui/index.ts'
import { openReview, reportedSources } from '../contract.ts'
import { sourceLabels } from '../labels.ts'

interface BulkReviewProps {
  rows: readonly BulkRow[]
  /** Told which rows were refused or not reached; they stay chosen. */
  onDone: (left: readonly string[]) => void
}

type Source = (typeof reportedSources)[number]

/** Asks for a review of many customers, each with its owner and deadline. */
export default function BulkReview({ rows, onDone }: BulkReviewProps) {
  const [open, setOpen] = useState(false)
  const [source, setSource] = useState<Source>('yearly_confirmation')
  const why = useWhyNot()('changewatch.report')
  const bulk = useBulk(openReview)
  return (
    <>
      <ActionButton size="small" disabledReason={why} onClick={() => setOpen(true)}>
        確認を依頼
      </ActionButton>
      <BulkDialog
        open={open}
        title="選んだ顧客の確認を依頼します"
        what="1件ずつ担当と期限の付いた確認が始まります。規則によっては与信枠が一時停止されます。"
        names={rows.map(row => row.name)}
        confirmLabel="依頼する"
        missing={null}
        reason="required"
        running={bulk.running}
        total={bulk.total}
        outcomes={bulk.outcomes}
        onStop={bulk.stop}
        onConfirm={what =>
          bulk.run(
            rows.map(row => ({
              key: row.id,
              name: row.name,
              input: () => ({ partyId: row.id, source, what, evidence: [] }),
            })),
          )
        }
        onClose={() => {
          setOpen(false)
          if (bulk.outcomes) onDone(bulk.left)
          bulk.reset()
        }}
      >
        <FieldInput
          field={{
            name: 'source',
            type: 'choice',
            label: 'きっかけ',
            options: reportedSources.map(value => ({ value, label: sourceLabels[value] })),
          }}
          value={source}
          onChange={value => value && setSource(value as Source)}
        />
      </BulkDialog>
    </>
  )
}
