import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, ConfirmAction, Reasons, Row, ScrollBox, StatusTag } from '../../../ui/index.ts'
import type { DocumentShown } from '../contract.ts'
import { documentFields } from '../fields.ts'
import { readingStateLabels } from '../labels.ts'
import { decideReading } from '../readings/contract.ts'
import { wordOf } from '../readings/rules.ts'

type Reading = DocumentShown['readings'][number]

const tones = { proposed: 'waiting', accepted: 'success', refused: 'neutral' } as const

/** What machines read, beside what stands; each value is taken or not by a person. */
export function ReadingsCard({ document }: { document: DocumentShown }) {
  const [refusing, setRefusing] = useState<Reading | null>(null)
  const decide = useCommand(decideReading, { onDone: () => setRefusing(null) })
  const why =
    useWhyNot()('documents.correct') ??
    (document.struck ? '抹消された書類です。' : decide.running ? '処理中です。' : null)
  if (document.readings.length === 0) return null
  return (
    <Card title="読み取り結果" note="提案です。採用するまで、書類の項目は変わりません">
      <ScrollBox label="読み取り結果">
        <table className="ui-lines">
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">今の値</th>
              <th scope="col">読み取った値</th>
              <th scope="col">確信度</th>
              <th scope="col">読み取り元</th>
              <th scope="col">判断</th>
            </tr>
          </thead>
          <tbody>
            {document.readings.map(reading => (
              <tr key={reading.id}>
                <th scope="row">{documentFields[reading.field].label.ja}</th>
                <td>{wordOf(reading.field, document[reading.field]) ?? '未記録'}</td>
                <td>{reading.value ?? '（廃棄済）'}</td>
                <td>{`${(reading.confidencePpm / 10_000).toFixed(1)}%`}</td>
                <td>{`${reading.source}（第${reading.versionNo}版）`}</td>
                <td>
                  {reading.state === 'proposed' ? (
                    <Row>
                      <ActionButton
                        size="small"
                        kind="primary"
                        disabledReason={why}
                        onClick={() =>
                          decide.run({
                            readingId: reading.id,
                            rowVersion: reading.rowVersion,
                            decision: 'accept',
                          })
                        }
                      >
                        採用
                      </ActionButton>
                      <ActionButton size="small" disabledReason={why} onClick={() => setRefusing(reading)}>
                        不採用
                      </ActionButton>
                    </Row>
                  ) : (
                    <>
                      <StatusTag tone={tones[reading.state]} word={readingStateLabels[reading.state]} />
                      {`　${reading.confirmedBy ?? ''}${reading.reason ? `　${reading.reason}` : ''}`}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {!refusing && decide.problem && <Reasons reasons={decide.problem.reasons} />}
      {refusing && (
        <ConfirmAction
          open
          title="読み取った値を採用しません"
          what={`${documentFields[refusing.field].label.ja}「${refusing.value ?? ''}」は使われません。書類の項目は変わりません。`}
          confirmLabel="採用しない"
          reason="required"
          running={decide.running}
          problem={decide.problem}
          onConfirm={reason =>
            decide.run({
              readingId: refusing.id,
              rowVersion: refusing.rowVersion,
              decision: 'refuse',
              reason,
            })
          }
          onClose={() => setRefusing(null)}
        />
      )}
    </Card>
  )
}
