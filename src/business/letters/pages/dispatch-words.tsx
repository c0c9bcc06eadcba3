import { addressOf } from '../../../platform/http/client.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, DateTimeText, Row, StatusTag, useSay } from '../../../ui/index.ts'
import { type LetterRow, mailAgain, openPrint, printLetters } from '../contract.ts'
import { mailStateLabels } from '../labels.ts'
import type { MailState } from '../tables.ts'

const tones = {
  waiting: 'waiting',
  sent: 'success',
  failed: 'danger',
  stopped: 'warning',
} as const satisfies Record<MailState, string>

/** How far a letter has come on its way out. */
export function DispatchState({ row }: { row: LetterRow }) {
  if (row.mail)
    return (
      <>
        <StatusTag tone={tones[row.mail.state]} word={mailStateLabels[row.mail.state]} />{' '}
        {row.mail.mailedAt && <DateTimeText at={row.mail.mailedAt} />}
        {row.mail.fault && <span>{`${row.mail.fault}（${row.mail.tries}回）`}</span>}
        {row.mail.state === 'waiting' && row.mail.tries > 0 && (
          <>
            {' '}
            次は <DateTimeText at={row.mail.nextTryAt} />
          </>
        )}
      </>
    )
  if (row.print)
    return (
      <>
        <StatusTag tone="success" word="印刷済み" /> <DateTimeText at={row.print.printedAt} />
        {`　${row.print.printedBy}`}
      </>
    )
  return row.channel === 'post' ? (
    <StatusTag tone="waiting" word="未印刷" />
  ) : (
    <StatusTag tone="neutral" word="送付を記録" />
  )
}

/** Notes that letters are printed, and opens the file of the print. */
export function usePrint(onDone: () => void = () => {}) {
  const say = useSay()
  return useCommand(printLetters, {
    onDone: ({ id, batchNo }) => {
      window.open(addressOf(openPrint, { batchId: id }), '_blank', 'noopener')
      say.done(`${batchNo} を印刷用に開きました。`)
      onDone()
    },
  })
}

/** What can be done with one letter now. */
export function DispatchActions({ row }: { row: LetterRow }) {
  const why = useWhyNot()('letters.send')
  const print = usePrint()
  const again = useCommand(mailAgain)
  return (
    <Row>
      {row.channel === 'post' && (
        <ActionButton
          size="small"
          disabledReason={why}
          running={print.running}
          onClick={() => print.run({ letterIds: [row.id] })}
        >
          {row.print ? 'もう一度印刷' : '印刷'}
        </ActionButton>
      )}
      {row.mail && (row.mail.state === 'failed' || row.mail.state === 'stopped') && (
        <ActionButton
          size="small"
          disabledReason={why}
          running={again.running}
          onClick={() => again.run({ letterId: row.id })}
        >
          もう一度送る
        </ActionButton>
      )}
      {print.problem && <span role="alert">{print.problem.reasons[0]?.sentence ?? print.problem.title}</span>}
    </Row>
  )
}
