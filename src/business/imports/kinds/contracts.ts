import { contractRefusals } from '../../contracts/contract.ts'
import {
  type ContractTerms,
  type ContractToTakeOver,
  contractTerms,
  signingRefusals,
  type TakenOverContract,
  takeBackContract,
  takeOverContract,
} from '../../contracts/index.ts'
import { contractKindLabels, legalKindLabels, recourseLabels, routeLabels } from '../../contracts/labels.ts'
import type { ContractKind } from '../../contracts/tables.ts'
import type { RowProblem } from '../tables.ts'
import { contractSigningFields, signingIn } from './contract-signing.ts'
import type { ImportField } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  {
    name: 'sourceNo',
    label: '元の契約番号',
    type: 'text',
    columns: ['元の契約番号', '契約番号', '契約no', '契約書番号', '契約コード'],
    help: '債権のファイルから同じ番号で参照できます。',
  },
  {
    name: 'contractKind',
    label: '契約の種類',
    type: 'choice',
    columns: ['契約の種類', '契約種別', '契約区分', '契約種類'],
    help: '空欄は基本契約にします。',
  },
  {
    name: 'legalKind',
    label: '2社間・3社間',
    type: 'choice',
    required: true,
    columns: ['2社間・3社間', '取引形態', '二社間三社間', '2者間3者間', '契約形態', '方式'],
  },
  {
    name: 'collectionRoute',
    label: '回収経路',
    type: 'choice',
    columns: ['回収経路', '回収方法', '入金経路'],
  },
  {
    name: 'advancePpm',
    label: '掛目',
    type: 'ppm',
    required: true,
    columns: ['掛目', '掛け目', '掛目率', '前渡率', '買取率'],
  },
  {
    name: 'feePpm',
    label: '手数料率',
    type: 'ppm',
    required: true,
    columns: ['手数料率', '料率', '手数料', '買取手数料率'],
  },
  { name: 'feeMinimumYen', label: '最低手数料', type: 'yen', columns: ['最低手数料', '手数料下限'] },
  { name: 'recourse', label: '償還請求権', type: 'choice', columns: ['償還請求権', 'リコース', '償還'] },
  {
    name: 'lateRatePpm',
    label: '遅延損害金率',
    type: 'ppm',
    columns: ['遅延損害金率', '遅延損害金', '遅損率', '遅延利率'],
    help: '空欄は法定利率によるものとします。',
  },
  { name: 'graceDays', label: '猶予日数', type: 'number', columns: ['猶予日数', '猶予期間'] },
  {
    name: 'remitDays',
    label: '送金までの営業日数',
    type: 'number',
    columns: ['送金までの営業日数', '送金日数', '送金期限', '送金営業日'],
    help: '利用者が回収して送金する契約で、支払期日から何営業日以内に送金するか。',
  },
  {
    name: 'signedOn',
    label: '締結日',
    type: 'date',
    required: true,
    columns: ['締結日', '契約日', '契約締結日', '調印日'],
  },
  {
    name: 'effectiveOn',
    label: '発効日',
    type: 'date',
    columns: ['発効日', '開始日', '契約開始日', '有効開始日'],
  },
  { name: 'endsOn', label: '終了日', type: 'date', columns: ['終了日', '契約終了日', '満了日', '有効期限'] },
  { name: 'signMethod', label: '署名方法', type: 'choice', columns: ['署名方法', '締結方法', '契約方法'] },
  {
    name: 'antisocialClause',
    label: '反社排除条項',
    type: 'choice',
    columns: ['反社排除条項', '反社条項', '暴排条項'],
  },
  ...contractSigningFields,
]

const legalKinds = choicesOf({
  two_party: [legalKindLabels.two_party, '二社間', '2者間', '二者間', '2社'],
  three_party: [legalKindLabels.three_party, '三社間', '3者間', '三者間', '3社'],
})
const routes = choicesOf({
  client_remits: [routeLabels.client_remits, '回収委託', '代理受領', '利用者経由', '顧客経由'],
  dedicated_account: [routeLabels.dedicated_account, '専用口座入金'],
  debtor_direct: [routeLabels.debtor_direct, '直接入金', '売掛先直接', '直接'],
})
const contractKinds = choicesOf(
  Object.fromEntries(
    Object.entries(contractKindLabels).map(([kind, label]) => [kind, [label, label.replace(/契約$/, '')]]),
  ) as Record<ContractKind, string[]>,
)
const recourses = choicesOf({
  none: [recourseLabels.none, 'なし', '無し', '無', 'ノンリコース'],
  dilution_only: [recourseLabels.dilution_only, '希薄化のみ', '一部', '限定'],
  full: ['全部', 'あり', '有', 'ウィズリコース', 'リコース'],
})
const signMethods = choicesOf({
  paper: ['書面', '紙', '押印'],
  e_sign: ['電子署名', '電子契約', '電子', 'クラウドサイン'],
})
const yesNo = choicesOf({
  yes: ['あり', '有', '○', '有り', '済', 'はい', 'true', '1'],
  no: ['なし', '無', '×', '無し', 'いいえ', 'false', '0'],
})

interface ReadContract {
  contract: ContractToTakeOver
  notes: RowProblem[]
}

/** 契約: agreements signed before this system was there, with their terms; claims are taken over under them. */
export const contracts = recordKind<ReadContract>({
  name: 'contracts',
  fields,
  permission: 'contracts.draft',
  approve: 'contracts.approve',
  parties: { party: 'client' },
  sourceKind: 'contract',
  refusals: { ...signingRefusals, ...contractRefusals },
  fieldOf: {
    'terms.transactionKind': 'contractKind',
    'terms.remitRule': 'remitDays',
    'terms.collectionRoute': 'collectionRoute',
    'terms.antisocialClause': 'antisocialClause',
  },
  read(cells, { parties }) {
    const party = parties.party!
    const notes: RowProblem[] = []
    const legalKind = cells.required('legalKind') === null ? null : cells.choice('legalKind', legalKinds)
    const advancePpm = cells.required('advancePpm') === null ? null : cells.rate('advancePpm')
    const feePpm = cells.required('feePpm') === null ? null : cells.rate('feePpm')
    const signedOn = cells.required('signedOn') === null ? null : cells.date('signedOn')
    if (legalKind === null || advancePpm === null || feePpm === null || signedOn === null) return null
    const route =
      cells.choice('collectionRoute', routes) ??
      (legalKind === 'two_party' ? 'client_remits' : 'debtor_direct')
    const terms = contractTerms.safeParse({
      legalKind,
      collectionRoute: route,
      advancePpm,
      feePpm,
      feeMinimumYen: cells.whole('feeMinimumYen') ?? 0,
      recourse: cells.choice('recourse', recourses) ?? 'dilution_only',
      lateRatePpm: cells.rate('lateRatePpm'),
      graceDays: cells.whole('graceDays', 'number_must_not_be_negative') ?? 0,
      remitRule: route === 'client_remits' ? remitRuleOf(cells, notes) : null,
      antisocialClause: clauseOf(cells, notes),
    })
    if (!terms.success) {
      for (const issue of terms.error.issues)
        cells.complain(
          String(issue.path[0]),
          'input_must_have_the_right_shape',
          '契約条件として使えない値です。契約書の値と単位（％・円・日数）を確認してください（掛目・料率は0〜100%）。',
          'error',
        )
      return null
    }
    const sourceNo = cells.text('sourceNo')
    return {
      input: {
        contract: {
          partyId: party.id,
          contractKind: cells.choice('contractKind', contractKinds) ?? 'master',
          terms: terms.data as ContractTerms,
          signedOn,
          effectiveOn: cells.date('effectiveOn') ?? signedOn,
          endsOn: cells.date('endsOn'),
          signMethod: cells.choice('signMethod', signMethods) ?? 'paper',
          signing: signingIn(cells),
        },
        notes,
      },
      label: [party.legalName, sourceNo].filter(Boolean).join('　'),
      key: sourceNo ? `no|${sourceNo}` : [party.id, signedOn, legalKind].join('|'),
      sourceNo,
    }
  },
  async enter(context, { contract, notes }) {
    const taken = await takeOverContract(context, contract)
    return { recordId: taken.contractId, made: [taken.contractId], undo: { ...taken }, notes }
  },
  leave: (context, undo) => takeBackContract(context, undo as unknown as TakenOverContract),
})

function remitRuleOf(cells: CellReader, notes: RowProblem[]): ContractTerms['remitRule'] {
  const days = cells.whole('remitDays', 'number_must_not_be_negative')
  if (days === null)
    notes.push(
      noted(
        '送金までの営業日数',
        '送金までの日数がないため、支払期日の当日（0営業日）としました。契約書を確認してください。',
      ),
    )
  return { kind: 'days_after_due', days: days ?? 0, unit: 'business', holidayRoll: 'following' }
}

function clauseOf(cells: CellReader, notes: RowProblem[]): boolean {
  const typed = cells.choice('antisocialClause', yesNo)
  if (typed === null)
    notes.push(
      noted('反社排除条項', '反社排除条項の有無が不明なため「あり」としました。契約書を確認してください。'),
    )
  return typed !== 'no'
}

const noted = (heading: string, message: string): RowProblem => ({
  code: 'value_was_assumed',
  column: null,
  heading,
  message,
  weight: 'note',
})
