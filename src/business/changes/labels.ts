export const eventLabels: Record<string, string> = {
  change_planned: '変更を予約',
  planned_change_applied: '予約した変更を適用',
  planned_change_withdrawn: '予約した変更を取消',
  planned_change_failed: '予約した変更を適用できず',
}
