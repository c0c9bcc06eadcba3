export { ActionButton, type ActionButtonProps } from './actions/ActionButton.tsx'
export { BulkDialog, type BulkDialogProps, type BulkOutcome } from './actions/BulkDialog.tsx'
export { ConfirmAction, type ConfirmActionProps } from './actions/ConfirmAction.tsx'
export { FileDrop, type FileDropProps } from './actions/FileDrop.tsx'
export { sayBytes } from './actions/file-size.ts'
export { ProgressPanel, type ProgressPanelProps } from './actions/ProgressPanel.tsx'
export { StepsLine, Wizard, type WizardStep } from './actions/Wizard.tsx'
export { BarChart, LineChart } from './charts/BarChart.tsx'
export type { ChartProps } from './charts/Chart.tsx'
export type { ChartSeries, SeriesTone } from './charts/chart-data.ts'
export type { GraphEdge, GraphNode } from './charts/graph-layout.ts'
export { type HeatCell, HeatMap } from './charts/HeatMap.tsx'
export { KpiTile, type KpiTileProps, TileRow } from './charts/KpiTile.tsx'
export { type CalendarDay, MonthCalendar } from './charts/MonthCalendar.tsx'
export { RelationGraph } from './charts/RelationGraph.tsx'
export { Sparkline } from './charts/Sparkline.tsx'
export { FieldFrame } from './fields/FieldFrame.tsx'
export { FieldInput, type FieldInputProps } from './fields/FieldInput.tsx'
export type * from './fields/field-description.ts'
export { LookupInput, type LookupInputProps } from './fields/LookupInput.tsx'
export { type InputMore, inputOf } from './fields/stored-field.ts'
export { AppFrame, type AppFrameProps, type Bell } from './frame/AppFrame.tsx'
export { type Crumb, PageHeader, type PageHeaderProps } from './frame/PageHeader.tsx'
export type { PersonMenuItem, PersonMenuProps } from './frame/PersonMenu.tsx'
export type { RailGroup, RailItem } from './frame/Rail.tsx'
export {
  type SearchGroup,
  type SearchHit,
  SearchPalette,
  type SearchSource,
  useSearchKeys,
} from './frame/SearchPalette.tsx'
export { words } from './labels.ts'
export { UiLink } from './link.tsx'
export {
  type Loadable,
  loadableOf,
  mapLoadable,
  type Problem,
  type ProblemReason,
  type QueryLike,
} from './problem.ts'
export { Card } from './shells/Card.tsx'
export { DetailShell, type DetailShellProps, type DetailTab } from './shells/DetailShell.tsx'
export type { DraftStatus } from './shells/DraftLine.tsx'
export { useFormScope } from './shells/FormScope.tsx'
export { FormSection, FormShell, type FormShellProps } from './shells/FormShell.tsx'
export { CardGrid, DoorShell, Row, Stack } from './shells/Layout.tsx'
export { ListShell, type ListShellProps } from './shells/ListShell.tsx'
export { Notice } from './shells/Notice.tsx'
export { ScrollBox } from './shells/ScrollBox.tsx'
export {
  EmptyState,
  type EmptyStateProps,
  ErrorState,
  Loaded,
  LoadingState,
  ProblemState,
  Reasons,
  RefusedState,
} from './shells/states.tsx'
export { type TabItem, TabStrip } from './shells/TabStrip.tsx'
export { type Say, useSay } from './shells/use-say.ts'
export { type WorkbenchKey, WorkbenchShell } from './shells/WorkbenchShell.tsx'
export { DataTable, type DataTableProps, type Selection } from './table/DataTable.tsx'
export { FilterBar, type FilterBarProps } from './table/FilterBar.tsx'
export { type Filter, type FilterValues, filtersFromParams, filtersToParams } from './table/filters.ts'
export { type SavedView, SavedViews, type SavedViewsProps } from './table/SavedViews.tsx'
export type { Pager } from './table/TableFoot.tsx'
export type { Column, Density, Sort, TableLayout } from './table/table-layout.ts'
export { type WorkItem, WorkList } from './table/WorkList.tsx'
export type { MarkColour } from './theme/mark-colours.ts'
export type { ThemeName } from './theme/palette.ts'
export { type LeaveBlock, type ThemeChoice, UiProvider, type UiSettings, useUi } from './theme/UiProvider.tsx'
export { type CompareRow, CompareTable } from './values/CompareTable.tsx'
export { CopyText } from './values/CopyText.tsx'
export { type DiffRow, DiffTable } from './values/DiffTable.tsx'
export { japaneseYear, tokyoMinute } from './values/date-words.ts'
export { Gauge, type GaugeProps } from './values/Gauge.tsx'
export { Highlight, type TextPart } from './values/Highlight.tsx'
export { KeyValue, type KeyValueItem } from './values/KeyValue.tsx'
export { MarkTag, type MarkTagProps } from './values/MarkTag.tsx'
export { MaskedText, type Unmasked } from './values/MaskedText.tsx'
export { type NegativeStyle, percentText, roughYen, yenText } from './values/money-words.ts'
export { type RuleOutcome, type RuleResult, RuleResults } from './values/RuleResults.tsx'
export { ScoreExplain, type ScorePart } from './values/ScoreExplain.tsx'
export { StatusStrip, type StatusStripItem } from './values/StatusStrip.tsx'
export { StatusTag, type StatusTagProps, type Tone } from './values/StatusTag.tsx'
export { shownSource } from './values/shown-source.ts'
export { Timeline, type TimelineEvent } from './values/Timeline.tsx'
export { UseBar } from './values/UseBar.tsx'
export { CodeText, DateText, DateTimeText, PlainText, Rate, SentenceText, Yen } from './values/values.tsx'
export { Waterfall } from './values/Waterfall.tsx'
export type { WaterfallStep } from './values/waterfall-bars.ts'
