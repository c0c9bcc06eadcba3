import { ActionButton, FieldInput, Notice, ScrollBox, Yen, yenText } from '../../../ui/index.ts'
import type { ApplicationShown } from '../contract.ts'
import type { SendingShown } from '../panel-contract.ts'
import type { OfferLine } from '../rules/panel-lines.ts'

/** What is typed for one claim; the advance is what the reserve leaves of the price. */
export interface TypedLine {
  receivableId: string
  eligibleYen: number | null
  purchasedYen: number | null
  reserveYen: number | null
  feeYen: number | null
}

export function typedLines(application: ApplicationShown, sending: SendingShown): TypedLine[] {
  return application.linked
    .filter(claim => ['offered', 'verifying', 'verified', 'approved'].includes(claim.state))
    .map(claim => {
      const stood = sending.lines.find(line => line.receivableId === claim.id)
      return {
        receivableId: claim.id,
        eligibleYen: stood?.eligibleYen ?? null,
        purchasedYen: stood?.purchasedYen ?? null,
        reserveYen: stood?.reserveYen ?? null,
        feeYen: stood?.feeYen ?? null,
      }
    })
}

const isEmpty = ({ eligibleYen, purchasedYen, reserveYen, feeYen }: TypedLine) =>
  [eligibleYen, purchasedYen, reserveYen, feeYen].every(value => value === null)

/** The lines somebody filled in; null while one of them is half filled. Claims left empty are not part of the offer. */
export function wholeLines(typed: readonly TypedLine[]): OfferLine[] | null {
  const lines: OfferLine[] = []
  for (const line of typed) {
    if (isEmpty(line)) continue
    const { receivableId, eligibleYen, purchasedYen, reserveYen, feeYen } = line
    if (eligibleYen === null || purchasedYen === null || reserveYen === null || feeYen === null) return null
    lines.push({
      receivableId,
      eligibleYen,
      purchasedYen,
      reserveYen,
      feeYen,
      advanceYen: purchasedYen - reserveYen,
    })
  }
  return lines
}

export const sumOf = (lines: readonly OfferLine[], key: 'purchasedYen' | 'feeYen' | 'reserveYen') =>
  lines.reduce((total, line) => total + line[key], 0)

interface OfferLinesProps {
  application: ApplicationShown
  typed: readonly TypedLine[]
  onChange: (typed: TypedLine[]) => void
  /** What was typed as totals. */
  totals: { purchasedYen: number | null; feeYen: number | null; reserveYen: number | null }
  onTotals: (totals: { purchasedYen: number; feeYen: number; reserveYen: number }) => void
}

const columns = [
  ['eligibleYen', '対象額'],
  ['purchasedYen', '買取額'],
  ['reserveYen', '留保金'],
  ['feeYen', '手数料'],
] as const

/** The offer claim by claim; the sums are the totals, and can be taken over as such. */
export function OfferLines({ application, typed, onChange, totals, onTotals }: OfferLinesProps) {
  const lines = wholeLines(typed)
  const sums = lines && {
    purchasedYen: sumOf(lines, 'purchasedYen'),
    feeYen: sumOf(lines, 'feeYen'),
    reserveYen: sumOf(lines, 'reserveYen'),
  }
  const differs =
    sums !== null &&
    (sums.purchasedYen !== totals.purchasedYen ||
      sums.feeYen !== totals.feeYen ||
      sums.reserveYen !== totals.reserveYen)
  return (
    <section className="ui-field-full" aria-label="債権ごとの内訳">
      {typed.map((line, at) => {
        const claim = application.linked.find(one => one.id === line.receivableId)
        return (
          <fieldset key={line.receivableId} className="ui-field-full">
            <legend>
              {claim?.receivableNo}　額面 {yenText(claim?.faceYen ?? 0)}　前渡額{' '}
              {line.purchasedYen !== null && line.reserveYen !== null
                ? yenText(line.purchasedYen - line.reserveYen)
                : '—'}
            </legend>
            <div style={{ display: 'grid', gridTemplateColumns: 'repeat(2, 1fr)', gap: 10 }}>
              {columns.map(([key, label]) => (
                <FieldInput
                  key={key}
                  field={{ name: `lines.${at}.${key}`, type: 'yen', label }}
                  value={line[key]}
                  onChange={value =>
                    onChange(typed.map((known, place) => (place === at ? { ...known, [key]: value } : known)))
                  }
                />
              ))}
            </div>
          </fieldset>
        )
      })}
      {sums && lines !== null && lines.length > 0 && (
        <p>
          内訳の合計　買取額 {yenText(sums.purchasedYen)}　留保金 {yenText(sums.reserveYen)}　手数料{' '}
          {yenText(sums.feeYen)}
          {'　'}
          <ActionButton
            size="small"
            disabledReason={differs ? null : '合計は上の金額と同じです。'}
            onClick={() => onTotals(sums)}
          >
            合計を上の金額に入れる
          </ActionButton>
        </p>
      )}
      {differs && lines !== null && lines.length > 0 && (
        <Notice tone="warning" title="内訳の合計が、上の買取額・留保金・手数料と合いません" />
      )}
    </section>
  )
}

/** The lines of an answer as they stand. */
export function LinesShown({ lines }: { lines: SendingShown['lines'] }) {
  return (
    <ScrollBox label="債権ごとの内訳">
      <table className="ui-lines">
        <thead>
          <tr>
            <th scope="col">債権</th>
            <th scope="col">売掛先</th>
            {['額面', '対象額', '買取額', '前渡額', '留保金', '手数料'].map(label => (
              <th key={label} scope="col" data-number>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr key={line.receivableId}>
              <th scope="row">{line.receivableNo}</th>
              <td>{line.debtorName}</td>
              {(
                ['faceYen', 'eligibleYen', 'purchasedYen', 'advanceYen', 'reserveYen', 'feeYen'] as const
              ).map(key => (
                <td key={key} data-number>
                  <Yen value={line[key]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
