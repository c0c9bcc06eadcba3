import type { Role } from '../access/index.ts'
import type { Impact } from '../approvals/index.ts'

/** What is known of the company a change is about, on the day the change is in force; all of it over all records of the company. */
export interface ImpactFacts {
  isClient: boolean
  hasContract: boolean
  hasLimit: boolean
  hasAccount: boolean
  hasInvoiceNo: boolean
  /** A check of identity that is under way: whoever does it sees the change. */
  openKycCase: string | null
  /** Without a list nobody is searched by the program. */
  listsLoaded: boolean
  /** The request decided that nothing is wrong: a cleared screening, a claim that is another one. */
  foundHarmless: boolean
}

export interface ImpactRule {
  code: string
  /** The rule as people read it on the request's page. */
  sentence: string
  source: string
  applies(command: string, impact: Impact, facts: ImpactFacts): boolean
}

const OWN_WORK: Readonly<Record<string, readonly Impact[]>> = {
  'accounts.registerAccount': ['bank'],
  'accounts.verifyAccount': ['bank'],
  'screening.decideCase': ['screening'],
  'kyc.completeCase': ['kyc'],
  'kyc.grantException': ['kyc'],
  'credit.grantLimit': ['credit'],
  'credit.liftSuspension': ['credit'],
  'credit.grantOverride': ['credit'],
  'assessment.setWatch': ['credit'],
  'assessment.overrideScore': ['credit'],
  'contracts.executeContract': ['contract'],
  'contracts.amendContract': ['contract'],
  'receivables.approveReceivable': ['credit'],
  // Which limit stays is chosen in the request of the merge itself.
  'resolution.mergeParties': ['credit'],
}

/** Commands after which the screening slice searches the subject, or the new subjects, by itself. */
const SEARCHED_BY_ITSELF = new Set([
  'parties.renameParty',
  'parties.changeBasics',
  'people.addPerson',
  'people.changePerson',
  'ownership.recordHolding',
  'ownership.endHolding',
  'ownership.excludeFromControl',
  'ownership.endExclusion',
  'resolution.mergeParties',
])

const isOwnership = (command: string) => command.startsWith('ownership.')

/** When an item a change touches needs no task of its own, in the order they are asked (data dictionary, group 12, impact). */
export const impactRules: readonly ImpactRule[] = [
  {
    code: 'change_is_that_work',
    sentence: '申請そのものがこの業務の判断なので、改めて確かめるタスクは作りません。',
    source: 'DD group 12, impact',
    applies: (command, impact) => OWN_WORK[command]?.includes(impact) === true,
  },
  {
    code: 'finding_was_harmless',
    sentence: '判断の結果に問題がなかったため、与信の見直しは不要です。',
    source: 'DD group 4, verdict; group 8, double_check',
    applies: (_command, impact, facts) => impact === 'credit' && facts.foundHarmless,
  },
  {
    code: 'screening_searches_by_itself',
    sentence:
      '反社・制裁照合は、この変更を受けて自動で照合し直します。候補が出たときは照合の案件になります。',
    source: 'JR §3.10; screening follows the trail',
    applies: (command, impact, facts) =>
      impact === 'screening' && facts.listsLoaded && SEARCHED_BY_ITSELF.has(command),
  },
  {
    code: 'kyc_case_is_under_way',
    sentence: '進行中の本人確認があるため、その中で確かめます。',
    source: 'DD group 3, one case per subject and purpose',
    applies: (_command, impact, facts) => impact === 'kyc' && facts.openKycCase !== null,
  },
  {
    code: 'owners_are_compared_by_themselves',
    sentence: '申告された実質的支配者との比較は変更検知が自動で行い、異なるときは期限付きの確認を開きます。',
    source: 'JR §3.6; changewatch, owners_differ',
    applies: (command, impact) => impact === 'kyc' && isOwnership(command),
  },
  {
    code: 'identity_is_checked_of_clients',
    sentence: '利用者ではない会社なので、本人確認の対象ではありません。',
    source: 'JR §3.12',
    applies: (_command, impact, facts) => impact === 'kyc' && !facts.isClient,
  },
  {
    code: 'no_contract_stands',
    sentence: '締結済みの契約がないため、見直す契約はありません。',
    source: 'DD group 7',
    applies: (_command, impact, facts) => impact === 'contract' && !facts.hasContract,
  },
  {
    code: 'no_limit_stands',
    sentence: '有効な与信枠がないため、見直す枠はありません。',
    source: 'DD group 5',
    applies: (_command, impact, facts) => impact === 'credit' && !facts.hasLimit,
  },
  {
    code: 'no_account_is_registered',
    sentence: '登録された口座がないため、名義を確かめる口座はありません。',
    source: 'DD group 6, holder_match',
    applies: (_command, impact, facts) => impact === 'bank' && !facts.hasAccount,
  },
  {
    code: 'no_invoice_number_is_registered',
    sentence: '適格請求書の登録番号がないため、確かめる登録はありません。',
    source: 'DD group 1, invoice_reg_no',
    applies: (_command, impact, facts) => impact === 'invoice_check' && !facts.hasInvoiceNo,
  },
]

export type ImpactDecision =
  | { outcome: 'opened'; rule: 'task_must_follow'; title: string; role: Role; ownersWork: boolean }
  | { outcome: 'linked'; rule: string; sentence: string; kind: 'kyc_case'; id: string }
  | { outcome: 'skipped'; rule: string; sentence: string }

/**
 * What follows from one item an applied change touches: a task, the review that is there already, or nothing, with the rule that says so.
 * Pure; asked once a request and item.
 */
export function decideImpact(command: string, impact: Impact, facts: ImpactFacts): ImpactDecision {
  const rule = impactRules.find(one => one.applies(command, impact, facts))
  if (!rule) {
    const { work, role, ownersWork } = workOf[impact]
    return {
      outcome: 'opened',
      rule: 'task_must_follow',
      title: `${changeWords[command] ?? '承認された変更'}に伴う${work}`,
      role,
      ownersWork,
    }
  }
  const { code, sentence } = rule
  if (code === 'kyc_case_is_under_way')
    return { outcome: 'linked', rule: code, sentence, kind: 'kyc_case', id: facts.openKycCase! }
  return { outcome: 'skipped', rule: code, sentence }
}

interface Work {
  /** How the title ends. */
  work: string
  /** Who does it where the company's own person in charge does not, or cannot. */
  role: Role
  /** First the person in charge of the company, who speaks with it. */
  ownersWork: boolean
  /** The tab of the company's page on which it is done. */
  tab: string | null
}

export const workOf: Readonly<Record<Impact, Work>> = {
  kyc: { work: '本人確認の見直し', role: 'operations', ownersWork: true, tab: 'kyc' },
  screening: { work: '反社・制裁照合の確認', role: 'compliance', ownersWork: false, tab: 'screening' },
  credit: { work: '与信枠の見直し', role: 'reviewer', ownersWork: false, tab: 'limits' },
  contract: { work: '契約の見直し', role: 'operations', ownersWork: true, tab: 'contracts' },
  bank: { work: '口座名義の確認', role: 'operations', ownersWork: false, tab: 'accounts' },
  invoice_check: { work: '適格請求書の登録の確認', role: 'operations', ownersWork: false, tab: null },
}

/** What a change is called in the title of a task. */
export const changeWords: Readonly<Record<string, string>> = {
  'parties.renameParty': '商号変更',
  'parties.changeBasics': '基本情報の変更',
  'people.addPerson': '役職者の追加',
  'people.changePerson': '人物の変更',
  'people.endRole': '役職の終了',
  'ownership.recordHolding': '持分の記録',
  'ownership.endHolding': '持分の終了',
  'ownership.excludeFromControl': '支配の除外',
  'ownership.endExclusion': '支配の除外の終了',
  'ownership.endTie': 'グループ関係の終了',
  'resolution.mergeParties': '記録の統合',
  'resolution.unmergeParties': '統合の解除',
  'accounts.registerAccount': '口座の登録',
  'accounts.verifyAccount': '口座の確認',
  'screening.decideCase': '照合結果の判定',
  'kyc.completeCase': '本人確認の完了',
  'kyc.grantException': '本人確認期限の例外',
  'credit.grantLimit': '与信枠の設定',
  'credit.liftSuspension': '停止解除',
  'credit.grantOverride': '超過承認',
  'assessment.setWatch': '注意区分の変更',
  'assessment.overrideScore': '評点の修正',
  'assessment.retractScore': '評点の取消',
  'contracts.executeContract': '契約の締結',
  'contracts.amendContract': '契約の変更',
  'receivables.approveReceivable': '債権の承認',
  'receivables.judgeDuplicate': '二重譲渡の判断',
  'reconciliation.recordInsolvency': '倒産の記録',
  'collections.writeOff': '貸倒れ',
  'payouts.rescindPurchase': '買取の解除',
}
