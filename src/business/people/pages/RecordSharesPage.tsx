import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell, type LookupValue } from '../../../ui/index.ts'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { PartyChoice, PartyFormHeader } from '../../parties/web.tsx'
import { recordShareholding } from '../contract.ts'

/** Records which company holds how much of the party. */
export default function RecordSharesPage() {
  const partyId = usePathId('partyId')
  const follow = useFollow()
  const home = `/parties/${partyId}?tab=people`
  const [holder, setHolder] = useState<LookupValue | null>(null)
  const [sharePpm, setSharePpm] = useState<number | null>(null)
  const [validFrom, setValidFrom] = useState<string | null>(null)
  const [reason, setReason] = useState(noReason)
  const record = useCommand(recordShareholding, { onDone: () => follow(home) })
  return (
    <>
      <PartyFormHeader title="持株を記録" partyId={partyId} tab="people" tabLabel="関係者" />
      <Card title="だれが、どれだけ持っているか">
        <FormShell
          label="持株を記録"
          loading={false}
          submitError={record.problem}
          submitting={record.running}
          submitLabel="記録する"
          submitDisabledReason={
            !holder ? '株主を選んでください。' : !sharePpm ? '議決権割合を入力してください。' : null
          }
          onSubmit={() =>
            record.run({
              partyId,
              holderPartyId: holder?.value ?? null,
              sharePpm: sharePpm ?? 0,
              validFrom,
              change: toReason(reason),
            })
          }
          onCancel={() => follow(home)}
          dirty={holder !== null}
          draft={{ state: 'off' }}
        >
          <FormSection title="持株">
            <PartyChoice
              name="holderPartyId"
              label="株主（登録済みの会社）"
              value={holder}
              onChange={setHolder}
              required
            />
            <FieldInput
              field={{ name: 'sharePpm', type: 'rate', label: '議決権割合', required: true, example: '60' }}
              value={sharePpm}
              onChange={setSharePpm}
            />
            <FieldInput
              field={{ name: 'validFrom', type: 'date', label: '取得日' }}
              value={validFrom}
              onChange={setValidFrom}
            />
          </FormSection>
          <ChangeReasonSection
            record={{ kind: 'party', id: partyId }}
            value={reason}
            onChange={part => setReason({ ...reason, ...part })}
          />
        </FormShell>
      </Card>
    </>
  )
}
