import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, ConfirmAction, DateText, ScrollBox, UiLink, Yen } from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { type OverrideView, revokeOverride } from '../contract.ts'
import { limitKindLabels } from '../labels.ts'
import { OverrideStateTag } from './override-words.tsx'

/** Exceptions granted, each with who decided it, what was taken of it, and the way to take it back at once. */
export function OverrideList({
  overrides,
  withDeal,
}: {
  overrides: readonly OverrideView[]
  withDeal: boolean
}) {
  const hrefOf = useRecordHref()
  const whyNot = useWhyNot()('credit.suspend')
  const [revoked, setRevoked] = useState<OverrideView | null>(null)
  return (
    <>
      <ScrollBox label="超過承認">
        <table className="ui-lines">
          <thead>
            <tr>
              <th scope="col">番号・状態</th>
              {withDeal && <th scope="col">取引</th>}
              <th scope="col">枠</th>
              <th scope="col">上限</th>
              <th scope="col">使用</th>
              <th scope="col">期限</th>
              <th scope="col">申請・承認</th>
              <th scope="col">理由</th>
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {overrides.map(one => {
              const href = hrefOf(one.dealKind, one.dealId)
              return (
                <tr key={one.id}>
                  <th scope="row">
                    {one.overrideNo} <OverrideStateTag override={one} />
                  </th>
                  {withDeal && <td>{href ? <UiLink href={href}>{one.dealNo}</UiLink> : one.dealNo}</td>}
                  <td>{limitKindLabels[one.limitKind]}</td>
                  <td>
                    <Yen value={one.beyondYen} />
                  </td>
                  <td>
                    <Yen value={one.usedYen} />
                  </td>
                  <td>
                    <DateText date={one.until} />
                  </td>
                  <td>
                    {one.requestedBy}・{one.approvedBy}
                    <br />
                    <DateText date={one.grantedOn} />
                  </td>
                  <td>
                    {one.reason}
                    {one.revokedReason && (
                      <span className="ui-faint">
                        　取消 {one.revokedBy}：{one.revokedReason}
                      </span>
                    )}
                    <EvidenceList ids={one.evidence} />
                  </td>
                  <td>
                    {(one.state === 'standing' || one.state === 'used') && (
                      <ActionButton
                        size="small"
                        kind="danger"
                        label={`${one.overrideNo}を取り消す`}
                        disabledReason={whyNot}
                        onClick={() => setRevoked(one)}
                      >
                        取り消す
                      </ActionButton>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
      {revoked && <RevokeDialog override={revoked} onClose={() => setRevoked(null)} />}
    </>
  )
}

function RevokeDialog({ override, onClose }: { override: OverrideView; onClose: () => void }) {
  const revoke = useCommand(revokeOverride, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`超過承認 ${override.overrideNo} を取り消します`}
      what="直ちに取り消されます。この超過承認によって承認された債権も、まだ支払っていなければ、買取と支払が断られます。"
      confirmLabel="取り消す"
      danger
      reason="required"
      running={revoke.running}
      problem={revoke.problem}
      onConfirm={reason => revoke.run({ overrideId: override.id, reason })}
      onClose={onClose}
    />
  )
}
