import { addressOf } from '../../../platform/http/client.ts'
import { Card, DateText, KeyValue, Notice, ScrollBox, Stack, yenText } from '../../../ui/index.ts'
import { type Batch, problemWorkbook } from '../contract.ts'
import { outcomeLabels, rowStateLabels } from '../labels.ts'
import { outcomes, rowStates } from '../tables.ts'

const rowsText = (rows: number) => `${rows.toLocaleString('ja-JP')}行`

/** What the rehearsal found, or the run did: rows by outcome, yen reconciled with the source, problems as a workbook. */
export function RehearsalReport({ batch }: { batch: Batch }) {
  const { counts, control, options } = batch
  if (!counts) return null
  const before = batch.state === 'rehearsed' || batch.state === 'opened'
  return (
    <Stack>
      {control.some(one => !one.agrees) && (
        <Notice tone="warning" title="移行元の件数・合計と一致しません">
          下の「移行元との突合」で差を確認し、原因がわかるまで承認を申請しないでください。
        </Notice>
      )}
      <Card
        title={before ? '取り込むとこうなります' : '結果'}
        note={
          options.cutOverOn ? (
            <>
              移行の基準日 <DateText date={options.cutOverOn} />
            </>
          ) : undefined
        }
        actions={<Workbooks batch={batch} />}
      >
        <KeyValue
          items={[
            { key: 'rows', label: 'ファイルの行', value: rowsText(batch.rowCount) },
            ...outcomes.map(outcome => ({
              key: outcome,
              label: outcomeLabels[outcome],
              value: rowsText(counts[outcome]),
            })),
            { key: 'problems', label: '問題・確認事項のある行', value: rowsText(counts.problems) },
            ...(counts.renamed > 0
              ? [
                  {
                    key: 'renamed',
                    label: '商号が変わる記録',
                    value: `${counts.renamed.toLocaleString('ja-JP')}件`,
                  },
                ]
              : []),
            ...(before
              ? []
              : rowStates
                  .filter(state => batch.rowStates[state] > 0 && state !== 'planned')
                  .map(state => ({
                    key: state,
                    label: rowStateLabels[state],
                    value: rowsText(batch.rowStates[state]),
                  }))),
          ]}
        />
      </Card>
      {batch.sums.length > 0 && <Sums batch={batch} />}
      {control.length > 0 && (
        <Card title="移行元との突合">
          <KeyValue
            items={control.map(({ field, label, agrees, sentence }) => ({
              key: field,
              label,
              value: agrees ? sentence : <strong className="ui-danger-text">{sentence}</strong>,
            }))}
          />
        </Card>
      )}
    </Stack>
  )
}

function Workbooks({ batch }: { batch: Batch }) {
  if (batch.state === 'discarded') return null
  return (
    <>
      {batch.counts && batch.counts.problems > 0 && (
        <a className="ui-link" href={addressOf(problemWorkbook, { batchId: batch.id })} download>
          修正用ブック（問題のある行）
        </a>
      )}
      <a className="ui-link" href={addressOf(problemWorkbook, { batchId: batch.id, all: 'true' })} download>
        全ての行の結果
      </a>
    </>
  )
}

/** Yen by column: the file is the sum of what is taken and what is left out; after the run, what stands in the books. */
function Sums({ batch }: { batch: Batch }) {
  const inBooks = batch.sums.some(sum => sum.booksYen !== null)
  return (
    <Card title="金額の合計" note="ファイル＝取り込む＋取り込まない">
      <ScrollBox label="金額の合計">
        <table className="imports-sums">
          <caption className="ui-hidden">金額の合計</caption>
          <thead>
            <tr>
              <th scope="col">項目</th>
              {['ファイル', '取り込む', '取り込まない', ...(inBooks ? ['元帳・台帳の残高', '差'] : [])].map(
                title => (
                  <th key={title} scope="col" data-number>
                    {title}
                  </th>
                ),
              )}
              <th scope="col">読めないセル</th>
            </tr>
          </thead>
          <tbody>
            {batch.sums.map(({ field, label, fileYen, takenYen, refusedYen, booksYen, unreadable }) => (
              <tr key={field}>
                <th scope="row">{label}</th>
                <td data-number>{yenText(fileYen)}</td>
                <td data-number>{yenText(takenYen)}</td>
                <td data-number>{yenText(refusedYen)}</td>
                {inBooks && <td data-number>{booksYen === null ? '－' : yenText(booksYen)}</td>}
                {inBooks && <td data-number>{booksYen === null ? '－' : yenText(booksYen - takenYen)}</td>}
                <td>{unreadable > 0 ? rowsText(unreadable) : 'なし'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  )
}
