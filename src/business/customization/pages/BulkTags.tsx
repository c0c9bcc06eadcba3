import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { useBulk } from '../../../platform/web/bulk.ts'
import type { BulkRow } from '../../../platform/web/page.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, BulkDialog, FieldInput } from '../../../ui/index.ts'
import { marksOfRecord, setMarks } from '../mark-contract.ts'
import { useMarks } from './definitions.ts'

interface BulkTagsProps {
  rows: readonly BulkRow[]
  /** Told which rows were refused or not reached; they stay chosen. */
  onDone: (left: readonly string[]) => void
}

/** Puts tags on many customers; what each has already stays. */
export default function BulkTags({ rows, onDone }: BulkTagsProps) {
  const [open, setOpen] = useState(false)
  const [tagIds, setTags] = useState<readonly string[]>([])
  const why = useWhyNot()('customization.setMarks')
  const tags = useMarks('party').filter(mark => mark.markKind === 'tag')
  const bulk = useBulk(setMarks)
  if (tags.length === 0) return null
  const withTags = async (row: BulkRow, reason: string) => {
    // What it has is asked for now: the list may have been read before somebody else tagged it.
    const { marks } = await call(marksOfRecord, { recordKind: 'party', recordId: row.id })
    const held = (kind: 'status' | 'tag') => marks.filter(mark => mark.markKind === kind).map(mark => mark.id)
    return {
      recordKind: 'party' as const,
      recordId: row.id,
      statusId: held('status')[0] ?? null,
      tagIds: [...new Set([...held('tag'), ...tagIds])],
      reason,
    }
  }
  return (
    <>
      <ActionButton size="small" disabledReason={why} onClick={() => setOpen(true)}>
        タグを付ける
      </ActionButton>
      <BulkDialog
        open={open}
        title="選んだ顧客にタグを付けます"
        what="今のタグと状態はそのまま残ります。1件ずつ履歴に残ります。"
        names={rows.map(row => row.name)}
        confirmLabel="付ける"
        missing={tagIds.length === 0 ? 'タグを選んでください。' : null}
        reason="required"
        running={bulk.running}
        total={bulk.total}
        outcomes={bulk.outcomes}
        onStop={bulk.stop}
        onConfirm={reason =>
          bulk.run(
            rows.map(row => ({
              key: row.id,
              name: row.name,
              input: () => withTags(row, reason),
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
            name: 'tagIds',
            type: 'multi',
            label: 'タグ',
            options: tags.map(tag => ({ value: tag.id, label: tag.label })),
          }}
          value={tagIds}
          onChange={setTags}
        />
      </BulkDialog>
    </>
  )
}
