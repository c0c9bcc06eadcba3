import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  EmptyState,
  Loaded,
  ScrollBox,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { type LetterRow, listLetters, printLetter } from '../contract.ts'
import { DispatchActions, DispatchState } from './dispatch-words.tsx'
import { SendLetter } from './SendLetter.tsx'

/** Letters to one company: a new one, and those that went out with the words they were written in. */
export default function LettersTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<string[]>([])
  const [writing, setWriting] = useState(false)
  const why = useWhyNot()('letters.send')
  const letters = useApi(listLetters, { partyId: recordId, after: marks.at(-1) })
  const next = letters.state === 'ready' ? letters.value.next : null
  return (
    <Stack>
      {writing ? (
        <SendLetter partyId={recordId} onClose={() => setWriting(false)} />
      ) : (
        <div>
          <ActionButton kind="primary" disabledReason={why} onClick={() => setWriting(true)}>
            書状を作成
          </ActionButton>
        </div>
      )}
      <Card title="書状">
        <Loaded from={letters} rows={3}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="書状はまだありません"
                hint="承認された文面から作成し、プレビューのとおりに印刷・送信します。"
              />
            ) : (
              <ScrollBox label="書状">
                <table className="ui-lines">
                  <thead>
                    <tr>
                      <th scope="col">番号</th>
                      <th scope="col">文面</th>
                      <th scope="col">作成</th>
                      <th scope="col">送った人</th>
                      <th scope="col">文面の承認</th>
                      <th scope="col">照合値</th>
                      <th scope="col">発送</th>
                      <th scope="col">操作</th>
                      <th scope="col">控え</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map(row => (
                      <tr key={row.id}>
                        <th scope="row">
                          <UiLink href={`/communications/${row.communicationId}`}>{row.letterNo}</UiLink>
                        </th>
                        <td>{`${row.template.name} 第${row.template.version}版`}</td>
                        <td>
                          <DateTimeText at={row.sentAt} />
                        </td>
                        <td>{row.sentBy}</td>
                        <td>{row.approvedBy}</td>
                        <td>{row.previewHash.slice(0, 12)}</td>
                        <td>
                          <DispatchState row={row as LetterRow} />
                        </td>
                        <td>
                          <DispatchActions row={row as LetterRow} />
                        </td>
                        <td>
                          <a
                            className="ui-link"
                            href={addressOf(printLetter, { letterId: row.id })}
                            target="_blank"
                            rel="noreferrer"
                          >
                            PDF
                          </a>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollBox>
            )
          }
        </Loaded>
        {next && (
          <ActionButton disabledReason={null} onClick={() => setMarks([...marks, next])}>
            以前の書状
          </ActionButton>
        )}
      </Card>
    </Stack>
  )
}
