import { Checkbox, Select } from 'antd'
import type { Problem } from '../../../platform/web/problem.ts'
import { Card, Notice, Reasons, ScrollBox, Stack } from '../../../ui/index.ts'
import type { SheetSeen } from '../contract.ts'
import { kindLabels } from '../labels.ts'
import { type ImportKindName, importKinds } from '../tables.ts'

export interface SheetChoice {
  seen: SheetSeen
  taken: boolean
  kind: ImportKindName | null
  headingLine: number | null
}

export interface LookedInto {
  file: File
  encoding: string | null
  /** Why nothing of the file can be read. */
  problem: Problem | null
  sheets: readonly SheetChoice[]
}

const titleOf = (file: File, sheet: SheetSeen) =>
  sheet.name ? `${file.name}　シート「${sheet.name}」` : file.name

/** The tables that will be read, as the server is asked for them. */
export function tablesOf(looked: readonly LookedInto[]) {
  return looked.flatMap(({ file, sheets }) =>
    sheets
      .filter(sheet => sheet.taken)
      .map(({ seen, kind, headingLine }) => ({
        file,
        title: titleOf(file, seen),
        sheet: seen.name,
        kind,
        headingLine,
      })),
  )
}

interface TableChoicesProps {
  looked: readonly LookedInto[]
  onChange: (looked: readonly LookedInto[]) => void
}

/** Each table found in the files: whether it is read, what it is about, and which row holds the headings (a click on the row). */
export function TableChoices({ looked, onChange }: TableChoicesProps) {
  const change = (file: File, at: number, part: Partial<SheetChoice>) =>
    onChange(
      looked.map(one =>
        one.file === file
          ? { ...one, sheets: one.sheets.map((sheet, no) => (no === at ? { ...sheet, ...part } : sheet)) }
          : one,
      ),
    )
  return (
    <Stack>
      {looked.map(({ file, encoding, problem, sheets }) =>
        problem ? (
          <Notice
            key={file.name}
            tone="danger"
            live
            title={`${file.name}：読み込めません（何も保存していません）`}
          >
            <Reasons reasons={problem.reasons} />
          </Notice>
        ) : (
          sheets.map((sheet, at) => (
            <SheetCard
              key={titleOf(file, sheet.seen)}
              title={titleOf(file, sheet.seen)}
              encoding={encoding}
              choice={sheet}
              onChange={part => change(file, at, part)}
            />
          ))
        ),
      )}
    </Stack>
  )
}

interface SheetCardProps {
  title: string
  encoding: string | null
  choice: SheetChoice
  onChange: (part: Partial<SheetChoice>) => void
}

function SheetCard({ title, encoding, choice, onChange }: SheetCardProps) {
  const { seen, taken, kind, headingLine } = choice
  const note = [
    encoding,
    seen.hidden ? '非表示のシート' : null,
    seen.problem === null ? `わかる見出し ${seen.knownHeadings}列` : null,
  ]
    .filter(Boolean)
    .join('・')
  return (
    <Card
      title={title}
      note={note}
      actions={
        <Checkbox
          checked={taken}
          disabled={seen.problem !== null}
          onChange={event => onChange({ taken: event.target.checked })}
        >
          取り込む
        </Checkbox>
      }
    >
      {seen.problem !== null && <Notice tone="warning" title={seen.problem} />}
      {seen.problem === null && (
        <div className="ui-stack">
          <div className="imports-choice">
            <span>種類</span>
            <Select
              aria-label={`${title}の種類`}
              value={kind ?? 'customers'}
              disabled={!taken}
              onChange={value => onChange({ kind: value })}
              style={{ width: 300 }}
              options={importKinds.map(name => ({ value: name, label: kindLabels[name] }))}
            />
            <span>見出しの行</span>
            <Select
              aria-label={`${title}の見出しの行`}
              value={headingLine}
              disabled={!taken}
              onChange={value => onChange({ headingLine: value })}
              style={{ width: 130 }}
              options={seen.top.map(({ line }) => ({ value: line, label: `${line}行目` }))}
            />
          </div>
          {taken && <Preview seen={seen} headingLine={headingLine} title={title} />}
        </div>
      )}
    </Card>
  )
}

function Preview({
  seen,
  headingLine,
  title,
}: {
  seen: SheetSeen
  headingLine: number | null
  title: string
}) {
  const width = Math.max(...seen.top.map(row => row.cells.length))
  const columns = Array.from({ length: width }, (_, at) => at)
  return (
    <ScrollBox label={`${title}の先頭の行`}>
      <table className="imports-preview">
        <caption className="ui-hidden">{title}の先頭の行</caption>
        <tbody>
          {seen.top.map(({ line, cells }) => (
            <tr
              key={line}
              data-role={
                headingLine === null || line > headingLine
                  ? 'row'
                  : line === headingLine
                    ? 'heading'
                    : 'above'
              }
            >
              <th scope="row">{line}</th>
              {columns.map(at => (
                <td key={at}>{cells[at] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
