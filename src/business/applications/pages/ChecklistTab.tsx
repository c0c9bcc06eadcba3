import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, DateTimeText, Row, ScrollBox } from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { newTaskHref } from '../../tasks/web.tsx'
import type { ApplicationShown } from '../contract.ts'
import { isEnded } from '../rules/states.ts'
import { ItemStateTag } from './application-words.tsx'
import type { ApplicationDialog } from './dialog-props.ts'

interface TabProps {
  application: ApplicationShown
  onDialog: (dialog: ApplicationDialog) => void
}

/** What the client owes for this deal, with what came, and who did without what and why. */
export function ChecklistTab({ application, onDialog }: TabProps) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const ended = isEnded(application.state)
  const why = whyNot('applications.items')
  return (
    <Card
      title="提出書類"
      note="本人確認の手続きは「本人確認」で別に行い、ここでは免除できません。"
      actions={
        !ended && (
          <ActionButton size="small" disabledReason={why} onClick={() => onDialog({ kind: 'addItem' })}>
            書類を追加で求める
          </ActionButton>
        )
      }
      flush
    >
      <ScrollBox label="提出書類">
        <table className="ui-lines">
          <thead>
            <tr>
              <th scope="col">書類</th>
              <th scope="col">状態</th>
              <th scope="col">受け取った書類・メモ</th>
              <th scope="col">記録</th>
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {application.checklist.map(item => (
              <tr key={item.id}>
                <th scope="row">{item.title}</th>
                <td>
                  <ItemStateTag state={item.state} />
                </td>
                <td>
                  {item.document && <EvidenceList ids={[item.document.id]} />}
                  {item.note && <span className="ui-faint">{item.note}</span>}
                </td>
                <td>
                  {item.state !== 'missing' && (
                    <span className="ui-faint">
                      {item.setBy.name} <DateTimeText at={item.setAt} />
                    </span>
                  )}
                </td>
                <td>
                  {!ended && (
                    <Row>
                      <ActionButton
                        size="small"
                        label={`${item.title}を受領`}
                        disabledReason={why}
                        onClick={() => onDialog({ kind: 'receive', itemId: item.id })}
                      >
                        {item.state === 'received' ? '差し替え' : '受領'}
                      </ActionButton>
                      {item.state === 'received' && (
                        <ActionButton
                          size="small"
                          label={`${item.title}を差戻し`}
                          disabledReason={why}
                          onClick={() => onDialog({ kind: 'giveBack', itemId: item.id })}
                        >
                          差戻し
                        </ActionButton>
                      )}
                      {item.state !== 'waived' && item.state !== 'received' && (
                        <ActionButton
                          size="small"
                          label={`${item.title}を免除`}
                          disabledReason={whyNot('applications.waive')}
                          onClick={() => onDialog({ kind: 'waive', itemId: item.id })}
                        >
                          免除
                        </ActionButton>
                      )}
                      {item.state !== 'waived' && item.state !== 'received' && (
                        <ActionButton
                          size="small"
                          label={`${item.title}の受領をタスクにする`}
                          disabledReason={whyNot('tasks.handle')}
                          onClick={() =>
                            follow(
                              newTaskHref({
                                origin: { kind: 'checklist', id: application.id },
                                partyId: application.client.id,
                                title: `${item.title}の受領（${application.applicationNo}）`,
                              }),
                            )
                          }
                        >
                          タスク
                        </ActionButton>
                      )}
                    </Row>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  )
}
