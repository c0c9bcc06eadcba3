import type { ProposalKind, ProposalState } from './tables.ts'

export const sideLabels: Record<'group' | 'debtor_group', string> = {
  group: 'グループ枠',
  debtor_group: '売掛先グループ枠',
}

export const kindLabels: Record<ProposalKind, string> = {
  representative: '代表者が同じ',
  address: '所在地が同じ',
  phone: '電話番号が同じ',
  account: '口座が同じ',
  email_domain: 'メールのドメインが同じ',
  owner: '支配する個人が同じ',
  control: '親会社（計算）',
}

export const stateLabels: Record<ProposalState, string> = {
  open: '判断待ち',
  accepted: '関係あり',
  rejected: '関係なし',
  gone: '根拠なし',
}

export const eventLabels: Record<string, string> = {
  ties_proposed: 'グループ関係の候補を更新',
  tie_proposal_rejected: 'グループ関係の候補を「関係なし」と判断',
}
