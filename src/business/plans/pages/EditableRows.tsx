import { ActionButton } from '../../../ui/index.ts'

interface EditableRowsProps<Row> {
  rows: readonly Row[]
  onChange: (rows: Row[]) => void
  /** What a row begins as. */
  empty: Row
  most: number
  /** The words of the button that adds one. */
  more: string
  children: (row: Row, at: number, change: (part: Partial<Row>) => void) => React.ReactNode
}

/** Rows of a form that are added and taken out one by one, up to so many. */
export function EditableRows<Row>({ rows, onChange, empty, most, more, children }: EditableRowsProps<Row>) {
  return (
    <>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved
        <div key={at} className="ui-row">
          {children(row, at, part =>
            onChange(rows.map((one, place) => (place === at ? { ...one, ...part } : one))),
          )}
          <ActionButton
            size="small"
            kind="quiet"
            disabledReason={null}
            onClick={() => onChange(rows.filter((_, place) => place !== at))}
          >
            削除
          </ActionButton>
        </div>
      ))}
      <div>
        <ActionButton
          size="small"
          disabledReason={rows.length < most ? null : `${most}件までです。`}
          onClick={() => onChange([...rows, empty])}
        >
          {more}
        </ActionButton>
      </div>
    </>
  )
}
