export const sideLabels: Record<'group' | 'debtor_group', string> = {
  group: 'グループ枠',
  debtor_group: '売掛先グループ枠',
}
