import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { useBulk } from '../../../platform/web/bulk.ts'
import type { BulkRow } from '../../../platform/web/page.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, BulkDialog, LookupInput, type LookupValue } from '../../../ui/index.ts'
import { changeBasics, findOwners, openParty } from '../contract.ts'

interface BulkOwnerProps {
  rows: readonly BulkRow[]
  /** Told which rows were refused or not reached; they stay chosen. */
  onDone: (left: readonly string[]) => void
}

/** Puts somebody else in charge of many parties. */
export function BulkOwner({ rows, onDone }: BulkOwnerProps) {
  const [open, setOpen] = useState(false)
  const [owner, setOwner] = useState<LookupValue | null>(null)
  const why = useWhyNot()('parties.change')
  const today = useToday()
  const bulk = useBulk(changeBasics)
  const changeOf = async (row: BulkRow, reasonText: string) => {
    // The version is asked for now, so that nothing is written over what somebody else changed meanwhile.
    const { rowVersion } = await call(openParty, { partyId: row.id, own: 'true' })
    return {
      partyId: row.id,
      rowVersion,
      basics: { ownerStaffId: owner!.value },
      effectiveOn: today,
      change: { reasonCode: 'system' as const, reasonText, evidence: [] },
    }
  }
  return (
    <>
      <ActionButton size="small" disabledReason={why} onClick={() => setOpen(true)}>
        担当者を変更
      </ActionButton>
      <BulkDialog
        open={open}
        title="選んだ取引先の担当者を変更します"
        what="今日から新しい担当者になります。1件ずつ履歴に残ります。"
        names={rows.map(row => row.name)}
        confirmLabel="変更する"
        missing={owner ? null : '担当者を選んでください。'}
        reason="required"
        running={bulk.running}
        total={bulk.total}
        outcomes={bulk.outcomes}
        onStop={bulk.stop}
        onConfirm={reason =>
          bulk.run(
            rows.map(row => ({ key: row.id, name: row.name, input: () => changeOf(row, reason) as never })),
          )
        }
        onClose={() => {
          setOpen(false)
          if (bulk.outcomes) onDone(bulk.left)
          bulk.reset()
        }}
      >
        <LookupInput
          field={{ name: 'owner', type: 'lookup', label: '新しい担当者', required: true }}
          value={owner}
          onChange={setOwner}
          find={async (text, signal) => {
            const { rows: people } = await call(findOwners, { text }, { signal })
            return people.map(({ id, name }) => ({ value: id, label: name }))
          }}
        />
      </BulkDialog>
    </>
  )
}
