import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, DateText, EmptyState, Row, ScrollBox, UiLink, Yen } from '../../../ui/index.ts'
import { DuplicateTag, PurchaseBar, ReceivableStateTag } from '../../receivables/web.tsx'
import type { ApplicationShown } from '../contract.ts'
import type { ApplicationDialog } from './dialog-props.ts'

interface TabProps {
  application: ApplicationShown
  onDialog: (dialog: ApplicationDialog) => void
}

/** The claims the application is about; bought from here once everything is ready. */
export function ClaimsTab({ application, onDialog }: TabProps) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const { linked, mayChangeClaims } = application
  const why =
    whyNot('applications.handle') ??
    (mayChangeClaims ? null : '見積を提示した後は、債権を増減できません。審査に戻してから行ってください。')
  const toBuy = linked.filter(claim => claim.state === 'approved')
  return (
    <Card
      title="債権"
      note={`額面の合計 ¥${application.claimsYen.toLocaleString('ja-JP')}`}
      flush
      actions={
        <Row>
          <ActionButton size="small" disabledReason={why} onClick={() => onDialog({ kind: 'link' })}>
            登録済みの債権を紐づける
          </ActionButton>
          <ActionButton
            size="small"
            kind={application.state === 'ready_to_fund' ? 'default' : 'primary'}
            disabledReason={whyNot('receivables.register') ?? why}
            onClick={() => follow(`/applications/${application.id}/claims/new`)}
          >
            債権を登録する
          </ActionButton>
          {application.state === 'ready_to_fund' && toBuy.length > 0 && (
            <PurchaseBar
              rows={toBuy.map(claim => ({ ...claim, clientId: application.client.id }))}
              onDone={() => {}}
            />
          )}
        </Row>
      }
    >
      {linked.length === 0 ? (
        <EmptyState
          title="債権はまだありません"
          hint="請求書の内容を登録すると、二重譲渡の照合と、売掛先の反社照合・与信枠の確認ができます。"
        />
      ) : (
        <ScrollBox label="申込の債権">
          <table className="ui-lines">
            <thead>
              <tr>
                <th scope="col">債権番号</th>
                <th scope="col">状態</th>
                <th scope="col">売掛先</th>
                <th scope="col">請求書番号</th>
                <th scope="col" data-number>
                  額面
                </th>
                <th scope="col" data-number>
                  前払額
                </th>
                <th scope="col">回収期日</th>
                <th scope="col">送金</th>
                <th scope="col">操作</th>
              </tr>
            </thead>
            <tbody>
              {linked.map(claim => (
                <tr key={claim.id}>
                  <th scope="row">
                    <UiLink href={`/receivables/${claim.id}`}>{claim.receivableNo}</UiLink>
                  </th>
                  <td>
                    <ReceivableStateTag state={claim.state} />{' '}
                    <DuplicateTag result={claim.duplicateResult as 'clear'} />
                  </td>
                  <td>
                    <UiLink href={`/parties/${claim.debtorId}`}>{claim.debtorName}</UiLink>
                  </td>
                  <td>{claim.invoiceNo}</td>
                  <td data-number>
                    <Yen value={claim.faceYen} />
                  </td>
                  <td data-number>
                    <Yen value={claim.advanceYen} />
                  </td>
                  <td>
                    <DateText date={claim.payableOn} />
                  </td>
                  <td>
                    {claim.fundedOn ? <DateText date={claim.fundedOn} /> : claim.purchaseId ? '未送金' : ''}
                  </td>
                  <td>
                    <ActionButton
                      size="small"
                      label={`${claim.receivableNo}を外す`}
                      disabledReason={why}
                      onClick={() => onDialog({ kind: 'unlink', receivableId: claim.id })}
                    >
                      外す
                    </ActionButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Card>
  )
}
