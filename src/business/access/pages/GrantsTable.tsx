import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  DateTimeText,
  EmptyState,
  ScrollBox,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { revokeRole, type StaffDetail } from '../contract.ts'
import { roleLabels } from '../labels.ts'
import './access-table.css'

type Grant = StaffDetail['grants'][number]

/** Every role the person has or had: from when to when, asked for by whom, approved by whom. */
export function GrantsTable({ person }: { person: StaffDetail }) {
  const say = useSay()
  const whyNot = useWhyNot()
  const { personId } = useSession()
  const [leaving, setLeaving] = useState<Grant | null>(null)
  const revoke = useCommand(revokeRole, {
    onDone: () => {
      setLeaving(null)
      say.done('役割を外しました。すぐに反映されます。')
    },
  })
  const ownReason = person.id === personId ? '自分の役割は外せません。別の管理者に依頼してください。' : null
  return (
    <Card title="付与の履歴" note={`${person.grants.length} 件`} flush>
      {person.grants.length === 0 ? (
        <EmptyState
          title="まだ役割はありません"
          hint="「役割の付与を申請」から申請すると、別の管理者が承認します。"
        />
      ) : (
        <ScrollBox label="付与の履歴">
          <table className="access-table">
            <thead>
              <tr>
                <th scope="col">役割</th>
                <th scope="col">状態</th>
                <th scope="col">開始</th>
                <th scope="col">終了日</th>
                <th scope="col">申請</th>
                <th scope="col">承認</th>
                <th scope="col">外した日時・人</th>
                <th scope="col">
                  <span className="ui-hidden">操作</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {person.grants.map(grant => (
                <tr key={grant.id}>
                  <th scope="row">{roleLabels[grant.role]}</th>
                  <td>
                    {grant.inForce ? (
                      <StatusTag tone="success" word="有効" />
                    ) : (
                      <StatusTag tone="neutral" word="終了" />
                    )}
                  </td>
                  <td>
                    <DateText date={grant.validFrom} />
                  </td>
                  <td>
                    <DateText date={grant.validTo} />
                  </td>
                  <td>{grant.grantedBy.name}</td>
                  <td>{grant.approvedBy?.name ?? '―'}</td>
                  <td>
                    {grant.revokedAt && (
                      <>
                        <DateTimeText at={grant.revokedAt} />　{grant.revokedBy?.name}
                      </>
                    )}
                  </td>
                  <td>
                    {grant.revokedAt === null && (
                      <ActionButton
                        size="small"
                        kind="danger"
                        disabledReason={ownReason ?? whyNot('access.manageStaff')}
                        onClick={() => setLeaving(grant)}
                      >
                        外す
                      </ActionButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <ConfirmAction
        open={leaving !== null}
        title={leaving ? `「${roleLabels[leaving.role]}」を外します` : ''}
        what={`${person.name} さんは、この役割でできたことがすぐにできなくなります。もう一度付与するには、別の管理者の承認が必要です。`}
        confirmLabel="外す"
        danger
        reason="required"
        running={revoke.running}
        problem={revoke.problem}
        onConfirm={reason => leaving && revoke.run({ grantId: leaving.id, reason })}
        onClose={() => {
          setLeaving(null)
          revoke.reset()
        }}
      />
    </Card>
  )
}
