import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, Loaded, Notice, ScrollBox, Stack, StatusTag, Yen } from '../../../ui/index.ts'
import { type OverridesOfDeal, overridesOfDeal } from '../contract.ts'
import { dealLimitLabels } from '../labels.ts'
import type { OverrideDeal } from '../tables.ts'
import { OverrideDialog } from './OverrideDialog.tsx'
import { OverrideList } from './OverrideList.tsx'

type Line = OverridesOfDeal['lines'][number]

/** On a claim's page: the room under each of its limits, whether it may go beyond one and why, and what two people allowed. */
export default function ClaimOverrideTab({ recordId }: { recordId: string }) {
  return <OverrideTab dealKind="receivable" dealId={recordId} />
}

export function OverrideTab({ dealKind, dealId }: { dealKind: OverrideDeal; dealId: string }) {
  const deal = useApi(overridesOfDeal, { dealKind, dealId })
  const [asked, setAsked] = useState<Line | null>(null)
  return (
    <Loaded from={deal} rows={6}>
      {value => (
        <Stack>
          {value.closed && (
            <Notice tone="neutral" title="超過承認は申請できません">
              {value.closed}
            </Notice>
          )}
          <Card
            title="枠の空き"
            note={
              dealKind === 'receivable' ? 'この債権に必要な額との比較' : '最も大きい債権に必要な額との比較'
            }
            flush
          >
            <LineTable deal={value} onAsk={setAsked} />
          </Card>
          {value.overrides.length > 0 && (
            <Card title="超過承認" note="枠は増えません。超過は与信枠逸脱として残ります" flush>
              <OverrideList overrides={value.overrides} withDeal={false} />
            </Card>
          )}
          {asked && (
            <OverrideDialog dealKind={dealKind} dealId={dealId} line={asked} onClose={() => setAsked(null)} />
          )}
        </Stack>
      )}
    </Loaded>
  )
}

function LineTable({ deal, onAsk }: { deal: OverridesOfDeal; onAsk: (line: Line) => void }) {
  const whyNot = useWhyNot()('credit.request')
  return (
    <ScrollBox label="枠の空き">
      <table className="ui-lines">
        <thead>
          <tr>
            <th scope="col">枠</th>
            <th scope="col">状況</th>
            <th scope="col">必要な額</th>
            <th scope="col">超過する額</th>
            <th scope="col">超過承認</th>
          </tr>
        </thead>
        <tbody>
          {deal.lines.map(line => (
            <tr key={line.limitKind}>
              <th scope="row">{dealLimitLabels[line.limitKind]}</th>
              <td>{line.sentence}</td>
              <td>
                <Yen value={deal.askedYen} />
              </td>
              <td>
                {line.neededYen > 0 ? (
                  <StatusTag tone="danger" word={`超過 ${line.neededYen.toLocaleString('ja-JP')}円`} />
                ) : (
                  'なし'
                )}
              </td>
              <td>
                {line.neededYen > 0 && line.mayOverride ? (
                  <ActionButton
                    size="small"
                    label={`${dealLimitLabels[line.limitKind]}の超過承認を申請`}
                    disabledReason={whyNot}
                    onClick={() => onAsk(line)}
                  >
                    超過承認を申請
                  </ActionButton>
                ) : (
                  <span className="ui-faint">{line.why}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="ui-faint" style={{ margin: '8px 16px' }}>
        商品枠（プランの上限）は超過承認の対象外です。停止中の枠は停止の解除を、枠がないときは設定を申請してください。
      </p>
    </ScrollBox>
  )
}
