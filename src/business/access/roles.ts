/** The roles of the business, in the order in which screens list them. */
export const roles = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
  'auditor',
  'administrator',
  'contractor',
] as const
export type Role = (typeof roles)[number]

export const roleLabels: Readonly<Record<Role, string>> = {
  sales: '営業',
  reviewer: '審査',
  approver: '決裁',
  operations: '事務',
  collector: '回収',
  compliance: 'コンプライアンス',
  accounting: '経理・出納',
  manager: '管理職',
  auditor: '監査',
  administrator: 'システム管理者',
  contractor: '外部委託先',
}

export const roleDescriptions: Readonly<Record<Role, string>> = {
  sales: '顧客の登録、申込の受付、見積を行います。',
  reviewer: '本人確認と与信の審査を行い、決裁に上げます。',
  approver: '与信枠、買取などを決裁します。',
  operations: '債権の登録、支払の依頼、通知などの事務を行います。',
  collector: '期日を過ぎた債権の督促と回収を行います。',
  compliance: '反社・制裁の照合を判断し、取引のモニタリングを行います。',
  accounting: '支払の実行、入金の消込、帳簿を扱います。',
  manager: '業務全体を見て、重要な変更を承認します。',
  auditor: '疑わしい取引の届出を除くすべてを閲覧します。書き込みはできません。',
  administrator: 'ユーザーと設定を管理します。業務の判断はしません。',
  contractor: '担当として割り当てられた顧客だけを、秘匿項目を伏せて扱います。出力はできません。',
}

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}

interface Separation {
  between: readonly [Role, Role]
  /** Why one person may not hold both; shown to whoever asks for the grant. */
  sentence: string
}

const FRONT_AND_DECISION = '案件を持ち込む人・登録する人と、それを決裁する人は分けます。'
const SECOND_LINE = 'コンプライアンスは業務から独立していなければなりません。'
const CASH = '資金を動かす人と、取引を起こす人・認める人は分けます。'

/**
 * Which duties one person may not combine (architecture.md, Segregation: who registered does not approve, who approved does not
 * pay out). Auditors, administrators and contractors stand alone and are not listed pair by pair.
 */
export const separations: readonly Separation[] = [
  { between: ['sales', 'reviewer'], sentence: '営業と審査は分けます。' },
  { between: ['sales', 'approver'], sentence: FRONT_AND_DECISION },
  { between: ['sales', 'manager'], sentence: FRONT_AND_DECISION },
  { between: ['reviewer', 'approver'], sentence: '審査する人と決裁する人は分けます。' },
  { between: ['reviewer', 'manager'], sentence: '審査する人と承認する人は分けます。' },
  { between: ['operations', 'approver'], sentence: FRONT_AND_DECISION },
  { between: ['operations', 'manager'], sentence: FRONT_AND_DECISION },
  { between: ['collector', 'approver'], sentence: '減免や償却を求める人と認める人は分けます。' },
  { between: ['collector', 'manager'], sentence: '減免や償却を求める人と認める人は分けます。' },
  { between: ['sales', 'accounting'], sentence: CASH },
  { between: ['operations', 'accounting'], sentence: CASH },
  { between: ['collector', 'accounting'], sentence: '回収する人と入金を記帳する人は分けます。' },
  { between: ['approver', 'accounting'], sentence: CASH },
  { between: ['manager', 'accounting'], sentence: CASH },
  { between: ['sales', 'compliance'], sentence: SECOND_LINE },
  { between: ['reviewer', 'compliance'], sentence: SECOND_LINE },
  { between: ['approver', 'compliance'], sentence: SECOND_LINE },
  { between: ['operations', 'compliance'], sentence: SECOND_LINE },
  { between: ['collector', 'compliance'], sentence: SECOND_LINE },
  { between: ['accounting', 'compliance'], sentence: SECOND_LINE },
  { between: ['manager', 'compliance'], sentence: SECOND_LINE },
]

const ALONE: Readonly<Partial<Record<Role, string>>> = {
  auditor: '監査する人は、ほかの役割を持てません。',
  administrator: 'システム管理者は業務の役割を持てません。',
  contractor: '外部委託先は、ほかの役割を持てません。',
}

/** Why one person may not hold both roles, in Japanese; null when they may, or when both are the same. */
export function whyIncompatible(one: Role, other: Role): string | null {
  if (one === other) return null
  const alone = ALONE[one] ?? ALONE[other]
  if (alone) return alone
  const separation = separations.find(({ between }) => between.includes(one) && between.includes(other))
  return separation?.sentence ?? null
}

/** Every conflict between a wanted role and those already held. */
export function conflictsWith(wanted: Role, held: readonly Role[]): { role: Role; sentence: string }[] {
  return held.flatMap(role => {
    const sentence = whyIncompatible(wanted, role)
    return sentence ? [{ role, sentence }] : []
  })
}
