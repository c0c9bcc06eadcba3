/**
 * The business slices in the order of the business, which is also the direction of dependence: a slice may use the slices
 * above it, through their doors. The first three are pure: engines and formats without a database.
 */
export const sliceOrder = [
  'names',
  'bankformats',
  'matching',
  'access',
  'desk',
  'audit',
  'approvals',
  'documents',
  'registers',
  'changes',
  'parties',
  'people',
  'screening',
  'kyc',
  'accounts',
  'moneyledger',
  'credit',
  'changewatch',
  'contracts',
  'receivables',
  'payouts',
  'payments',
  'reconciliation',
  'collections',
  'resolution',
  'alerts',
  'imports',
  'home',
] as const
