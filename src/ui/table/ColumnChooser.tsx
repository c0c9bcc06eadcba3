import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Segmented } from 'antd'
import { words } from '../labels.ts'
import {
  type Column,
  type Density,
  initialLayout,
  moveColumn,
  shownColumns,
  type TableLayout,
  toggleColumn,
} from './table-layout.ts'

interface ColumnChooserProps<Row> {
  columns: readonly Column<Row>[]
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
}

/** Which columns, in which order, how high the rows: kept per person by the application. */
export function ColumnChooser<Row>(props: ColumnChooserProps<Row>) {
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={words.table.columnsTitle}
      content={<Choices {...props} />}
    >
      <Button size="small" icon={<SettingOutlined aria-hidden="true" />}>
        {words.table.columns}
      </Button>
    </Popover>
  )
}

const densities: { value: Density; label: string }[] = [
  { value: 'dense', label: words.table.dense },
  { value: 'normal', label: words.table.normal },
]

function Choices<Row>({ columns, layout, onLayout }: ColumnChooserProps<Row>) {
  const shown = shownColumns(columns, layout)
  const hidden = columns.filter(column => !shown.includes(column))
  return (
    <div className="ui-columns">
      <ul>
        {[...shown, ...hidden].map(column => {
          const at = layout.columns.indexOf(column.key)
          return (
            <li key={column.key}>
              <Checkbox
                checked={at >= 0 || column.hidable === false}
                disabled={column.hidable === false}
                onChange={() => onLayout(toggleColumn(layout, column.key))}
              >
                {column.title}
              </Checkbox>
              {at >= 0 && (
                <span className="ui-columns-move">
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowUpOutlined aria-hidden="true" />}
                    aria-label={words.table.columnUp(column.title)}
                    disabled={at === 0}
                    onClick={() => onLayout(moveColumn(layout, column.key, -1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowDownOutlined aria-hidden="true" />}
                    aria-label={words.table.columnDown(column.title)}
                    disabled={at === layout.columns.length - 1}
                    onClick={() => onLayout(moveColumn(layout, column.key, 1))}
                  />
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <div className="ui-columns-foot">
        <span>{words.table.density}</span>
        <Segmented
          size="small"
          aria-label={words.table.density}
          options={densities}
          value={layout.density}
          onChange={density => onLayout({ ...layout, density })}
        />
        <Button type="link" size="small" onClick={() => onLayout(initialLayout(columns))}>
          {words.table.columnsReset}
        </Button>
      </div>
    </div>
  )
}
