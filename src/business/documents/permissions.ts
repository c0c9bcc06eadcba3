import type { Permission } from '../../platform/slice.ts'

export const permissions: Permission[] = [
  {
    code: 'documents.read',
    label: '書類の一覧を見る（一般）',
    roles: [
      'sales',
      'reviewer',
      'approver',
      'operations',
      'collector',
      'compliance',
      'accounting',
      'manager',
      'auditor',
      'contractor',
    ],
  },
  {
    // A file cannot be masked, and taking it out is an export: contractors see that it is there, and no more.
    code: 'documents.download',
    label: '書類をダウンロードする（一般）',
    roles: [
      'sales',
      'reviewer',
      'approver',
      'operations',
      'collector',
      'compliance',
      'accounting',
      'manager',
      'auditor',
    ],
  },
  {
    code: 'documents.readPersonal',
    label: '個人情報を含む書類を見る',
    roles: ['reviewer', 'operations', 'compliance', 'auditor'],
  },
  { code: 'documents.readCompliance', label: 'コンプライアンス限りの書類を見る', roles: ['compliance'] },
  {
    code: 'documents.correct',
    label: '書類の検索項目・受領の記録を訂正する',
    roles: ['operations', 'reviewer', 'compliance', 'accounting'],
  },
  {
    // It shows the document to more people than before.
    code: 'documents.lowerClass',
    label: '書類の機密区分を下げる',
    roles: ['compliance'],
  },
  { code: 'documents.strike', label: '誤って登録した書類を抹消する', roles: ['compliance', 'manager'] },
  { code: 'documents.hold', label: '書類を保全する・保全を解除する', roles: ['compliance'] },
  {
    code: 'documents.add',
    label: '書類を追加する',
    roles: ['sales', 'reviewer', 'operations', 'collector', 'compliance', 'accounting'],
  },
  {
    // Outside readers come in under an account that may do this; what they read stays a proposal.
    code: 'documents.propose',
    label: '書類の読み取り結果を提案として登録する',
    roles: ['operations', 'reviewer', 'compliance', 'accounting'],
  },
  {
    code: 'documents.quarantine',
    label: '隔離された書類（マイナンバーの疑い）を開く・隔離を解く',
    roles: ['compliance'],
  },
]
