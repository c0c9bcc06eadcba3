import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import { Refusal } from '../../../platform/commands/refusal.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { claimLinkRefusals, linkTakenOver, unlinkTakenOver } from '../../applications/index.ts'
import { letGoOfCases } from '../../collections/index.ts'
import { onlyContractOf } from '../../contracts/index.ts'
import { receivableKindLabels } from '../../contracts/labels.ts'
import { receivableRefusals } from '../../receivables/contract.ts'
import {
  type ClaimToTakeOver,
  claimTakeOverRefusals,
  particularsRefusals,
  type TakenOverClaim,
  takeBackClaim,
  takeOverClaim,
} from '../../receivables/index.ts'
import { perfectionLabels, receivableStateLabels } from '../../receivables/labels.ts'
import type { LockedBatch } from '../batch.ts'
import { recordsBySourceNo, sourceNoKey } from '../source-numbers.ts'
import { applicationsByNo, linkedNo } from './claim-links.ts'
import { claimParticularsFields, particularsIn } from './claim-particulars.ts'
import { cutOverReasons } from './cut-over.ts'
import type { ImportField, StagedRow } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('client', {
    label: '利用者',
    number: ['顧客番号', '顧客コード', '利用者番号', '利用者コード', '譲渡人番号', '譲渡人コード'],
    corporateNumber: ['利用者法人番号', '譲渡人法人番号'],
    name: ['利用者', '利用者名', '顧客名', '譲渡人', '譲渡人名', '債権譲渡人'],
  }),
  ...referenceFields('debtor', {
    label: '売掛先',
    number: ['売掛先番号', '売掛先コード', '債務者番号', '債務者コード', '第三債務者コード'],
    corporateNumber: ['売掛先法人番号', '債務者法人番号'],
    name: ['売掛先', '売掛先名', '債務者', '債務者名', '第三債務者', '取引先', '支払企業'],
  }),
  {
    name: 'sourceNo',
    label: '元の債権番号',
    type: 'text',
    columns: ['元の債権番号', '債権番号', '債権no', '案件番号', '管理番号'],
  },
  {
    name: 'contractNo',
    label: '元の契約番号',
    type: 'text',
    columns: ['元の契約番号', '契約番号', '契約no'],
  },
  {
    name: 'application',
    label: '元の申込番号',
    type: 'text',
    columns: ['元の申込番号', '申込番号', '申込no', '申込管理番号'],
    help: '先に取り込んだ申込（状態が完了のもの）に紐付けます。旧番号か、このシステムの番号（AP-…）。',
  },
  {
    name: 'invoiceNo',
    label: '請求書番号',
    type: 'text',
    required: true,
    columns: ['請求書番号', '請求番号', '請求書no', 'インボイス番号'],
  },
  { name: 'lineNo', label: '明細番号', type: 'number', columns: ['明細番号', '行番号', '枝番'] },
  {
    name: 'receivableKind',
    label: '債権の種類',
    type: 'choice',
    columns: ['債権の種類', '債権種別', '債権種類'],
  },
  {
    name: 'issuedOn',
    label: '発行日',
    type: 'date',
    required: true,
    columns: ['発行日', '請求日', '請求書発行日', '請求書日付', '請求日付'],
  },
  {
    name: 'dueOn',
    label: '支払期日',
    type: 'date',
    required: true,
    columns: ['支払期日', '期日', '支払日', '入金予定日', '支払期限'],
  },
  { name: 'payableOn', label: '回収期日', type: 'date', columns: ['回収期日', '回収予定日', '送金期日'] },
  {
    name: 'faceYen',
    label: '額面',
    type: 'yen',
    columns: ['額面', '請求金額', '請求額', '債権額', '額面金額', '債権金額'],
  },
  {
    name: 'purchasedOn',
    label: '買取日',
    type: 'date',
    required: true,
    columns: ['買取日', '実行日', '買取実行日', '譲渡日', '買取日付', '実行日付'],
  },
  {
    name: 'purchasedYen',
    label: '買取額',
    type: 'yen',
    required: true,
    columns: ['買取額', '買取金額', '買取債権額', '譲渡額'],
  },
  {
    name: 'advanceYen',
    label: '前渡額',
    type: 'yen',
    columns: ['前渡額', '前払額', '前渡金', '買取代金前払', '掛目後金額'],
  },
  {
    name: 'feeYen',
    label: '手数料額',
    type: 'yen',
    columns: ['手数料額', '手数料', '買取手数料', '手数料金額'],
  },
  { name: 'reserveYen', label: '留保金', type: 'yen', columns: ['留保金', '留保額', '保留金'] },
  {
    name: 'collectedYen',
    label: '回収済額',
    type: 'yen',
    columns: ['回収済額', '回収額', '入金済額', '入金額', '既回収額'],
  },
  { name: 'dilutedYen', label: '希薄化額', type: 'yen', columns: ['希薄化額', '値引額', '返品値引', '減額'] },
  {
    name: 'openYen',
    label: '未回収残高',
    type: 'yen',
    columns: ['未回収残高', '残高', '債権残高', '未回収額', '未収残高'],
  },
  {
    name: 'reserveHeldYen',
    label: '留保金残高',
    type: 'yen',
    columns: ['留保金残高', '留保残高', '保留金残高'],
  },
  { name: 'stage', label: '状態', type: 'choice', columns: ['状態', 'ステータス', '債権状態', '回収状況'] },
  {
    name: 'perfection',
    label: '対抗要件',
    type: 'choice',
    columns: ['対抗要件', '通知状況', '対抗要件具備'],
  },
  {
    name: 'perfectedOn',
    label: '対抗要件の具備日',
    type: 'date',
    columns: ['対抗要件の具備日', '対抗要件具備日', '通知日', '到達日', '承諾日', '登記日'],
  },
  ...claimParticularsFields,
]

const kinds = choicesOf({
  invoice: [receivableKindLabels.invoice, '請求書', '売掛金', '売掛債権'],
  purchase_order: [receivableKindLabels.purchase_order, '発注書', '将来債権'],
  contract: [receivableKindLabels.contract, '請負代金', '工事代金'],
  medical: [receivableKindLabels.medical, '診療報酬債権', '調剤報酬'],
  care: [receivableKindLabels.care, '介護報酬債権'],
  public: [receivableKindLabels.public, '公共', '官公庁'],
})
const stages = choicesOf({
  purchased: [
    receivableStateLabels.purchased,
    '正常',
    '期日内',
    '未回収',
    '期日到来',
    '延滞',
    '一部回収',
    '回収中',
    '買取',
  ],
  dunning: [receivableStateLabels.dunning, '督促', '催告中'],
  legal: [receivableStateLabels.legal, '法的回収', '訴訟', '支払督促'],
})
const perfections = choicesOf({
  none: [perfectionLabels.none, '未', '未了', '無'],
  notice_held: [perfectionLabels.notice_held, '留保', '通知留保'],
  notice_sent: [perfectionLabels.notice_sent, '通知済', '通知', '内容証明'],
  consent_received: [perfectionLabels.consent_received, '承諾済', '承諾書'],
  registered: [perfectionLabels.registered, '登記', '登記済'],
})

/** Without a number the client's only contract is meant. */
type ReadClaim = Omit<ClaimToTakeOver, 'contractId'> & { contractId: Id | null; applicationId: Id | null }

interface Lookup {
  contracts: Map<string, Id>
  applications: Map<string, Id>
}

/** 債権残高: claims bought before the cut-over and still open, booked against 移行時開始残高 so that books and file agree to the yen. */
export const claims = recordKind<ReadClaim, Lookup>({
  name: 'claims',
  fields,
  permission: 'receivables.purchase',
  approve: 'receivables.approve',
  parties: { client: 'client', debtor: 'debtor' },
  sourceKind: 'receivable',
  needs: batch => cutOverReasons(batch.options),
  refusals: { ...claimLinkRefusals, ...particularsRefusals, ...receivableRefusals, ...claimTakeOverRefusals },
  fieldOf: { clientId: 'clientNumber', debtorId: 'debtorNumber', contractId: 'contractNo' },
  async prepare(context, batch, rows) {
    const typed = (field: string) => {
      const at = batch.mapping.indexOf(field)
      return at < 0 ? [] : rows.flatMap((row: StagedRow) => row.cells[at] || [])
    }
    const { tx } = context
    return {
      contracts: await recordsBySourceNo(tx, batch.options.numbering, 'contract', typed('contractNo')),
      applications: await applicationsByNo(tx, batch.options.numbering, typed('application')),
    }
  },
  read(cells, { batch, parties, lookup }) {
    const [client, debtor] = [parties.client!, parties.debtor!]
    const dates = {
      issuedOn: requiredDate(cells, 'issuedOn'),
      dueOn: requiredDate(cells, 'dueOn'),
      purchasedOn: requiredDate(cells, 'purchasedOn'),
    }
    const invoiceNo = cells.required('invoiceNo')
    const amounts = amountsOf(cells)
    if (!invoiceNo || !amounts || !dates.issuedOn || !dates.dueOn || !dates.purchasedOn) return null
    if (invoiceNo.length > 50)
      cells.complain('invoiceNo', 'input_must_have_the_right_shape', '請求書番号は50文字以内です。', 'error')
    const sourceNo = cells.text('sourceNo')
    const lineNo = cells.whole('lineNo', 'number_must_not_be_negative')
    return {
      input: {
        clientId: client.id,
        debtorId: debtor.id,
        contractId: contractOf(cells, lookup.contracts),
        applicationId: linkedNo(cells, 'application', lookup.applications),
        receivableKind: cells.choice('receivableKind', kinds) ?? 'invoice',
        invoiceNo,
        lineNo,
        issuedOn: dates.issuedOn,
        dueOn: dates.dueOn,
        purchasedOn: dates.purchasedOn,
        payableOn: cells.date('payableOn'),
        ...amounts,
        stage: cells.choice('stage', stages) ?? 'purchased',
        perfection: cells.choice('perfection', perfections) ?? 'none',
        perfectedOn: cells.date('perfectedOn'),
        particulars: particularsIn(cells),
        cutOverOn: batch.options.cutOverOn!,
      },
      label: `${client.legalName}　${invoiceNo.slice(0, 30)}`,
      key: sourceNo
        ? `no|${sourceNoKey(sourceNo)}`
        : [client.id, debtor.id, invoiceNo.normalize('NFKC'), lineNo ?? 1].join('|'),
      sourceNo,
    }
  },
  async enter(context, { applicationId, ...claim }) {
    const contractId = claim.contractId ?? (await onlyContract(context, claim.clientId))
    const { receivableNo: _, resembles, ...taken } = await takeOverClaim(context, { ...claim, contractId })
    if (applicationId !== null)
      await linkTakenOver(context, { applicationId, receivableId: taken.receivableId })
    return {
      recordId: taken.receivableId,
      made: [taken.receivableId, taken.purchaseId],
      undo: { ...taken, applicationId },
      notes:
        resembles.length === 0
          ? []
          : [
              {
                code: 'claim_resembles_another',
                column: null,
                heading: '請求書番号',
                message: `ほかの債権と似ています（${resembles.length}件）。二重譲渡でないか、登録後に債権の画面で確認してください。`,
                weight: 'note',
              },
            ],
    }
  },
  async leave(context, undo, batch) {
    const taken = undo as unknown as TakenOverClaim
    if (typeof undo.applicationId === 'string')
      await unlinkTakenOver(context, {
        applicationId: undo.applicationId,
        receivableId: taken.receivableId,
      })
    await letGoOfCases(context, taken.receivableId)
    await takeBackClaim(context, taken, `取込 ${batch.batch_no} の取消`)
  },
  booksYen,
})

function requiredDate(cells: CellReader, field: string) {
  return cells.required(field) === null ? null : cells.date(field)
}

type Amounts = Pick<
  ClaimToTakeOver,
  'faceYen' | 'purchasedYen' | 'advanceYen' | 'feeYen' | 'collectedYen' | 'dilutedYen' | 'reserveHeldYen'
>

/** What follows from what: A = P − R, K = P − D − open. Where the file gives both, they must agree. */
function amountsOf(cells: CellReader): Amounts | null {
  if (cells.required('purchasedYen') === null) return null
  const purchasedYen = cells.whole('purchasedYen')
  if (purchasedYen === null) return null
  const advance = cells.whole('advanceYen')
  const reserve = cells.whole('reserveYen')
  const dilutedYen = cells.whole('dilutedYen') ?? 0
  const collected = cells.whole('collectedYen')
  const open = cells.whole('openYen')
  const advanceYen = advance ?? purchasedYen - (reserve ?? 0)
  const reserveYen = purchasedYen - advanceYen
  if (advance !== null && reserve !== null && reserveYen !== reserve)
    disagrees(cells, 'reserveYen', '買取額−前渡額', reserveYen, '留保金', reserve)
  const collectedYen = collected ?? (open === null ? 0 : purchasedYen - dilutedYen - open)
  const openYen = purchasedYen - dilutedYen - collectedYen
  if (open !== null && open !== openYen)
    disagrees(cells, 'openYen', '買取額−回収済額−希薄化額', openYen, '未回収残高', open)
  if (collectedYen < 0)
    cells.complain('openYen', 'amounts_must_add_up', '未回収残高が買取額を超えています。', 'error')
  return {
    purchasedYen,
    advanceYen,
    dilutedYen,
    collectedYen: Math.max(0, collectedYen),
    feeYen: cells.whole('feeYen') ?? 0,
    faceYen: cells.whole('faceYen') ?? purchasedYen,
    reserveHeldYen: cells.whole('reserveHeldYen') ?? Math.max(0, reserveYen),
  }
}

function disagrees(
  cells: CellReader,
  field: string,
  what: string,
  computed: number,
  label: string,
  given: number,
): void {
  const yen = (value: number) => `${value.toLocaleString('ja-JP')}円`
  cells.complain(
    field,
    'amounts_must_add_up',
    `${what}（${yen(computed)}）と${label}（${yen(given)}）が${yen(Math.abs(given - computed))}違います。`,
    'error',
  )
}

function contractOf(cells: CellReader, known: ReadonlyMap<string, Id>): Id | null {
  const typed = cells.text('contractNo')
  if (typed === null) return null
  const id = known.get(sourceNoKey(typed)) ?? null
  if (id === null)
    cells.complain(
      'contractNo',
      'contract_must_be_chosen',
      `契約番号「${typed.slice(0, 20)}」の契約が見つかりません。先に契約を取り込んでください。`,
      'error',
    )
  return id
}

async function onlyContract(context: CommandContext, clientId: Id): Promise<Id> {
  const only = await onlyContractOf(context, clientId)
  if (typeof only === 'object') return only.id
  const message =
    only === 'none'
      ? '利用者に締結済みの契約がありません。先に契約を取り込んでください。'
      : '利用者に契約が複数あります。「元の契約番号」の列を割り当ててください。'
  throw new Refusal('invalid', [{ code: 'contract_must_be_chosen', field: 'contractId', message }])
}

/** What the books hold of the batch's claims: bought, collected, open and held back, the last two from the ledger. */
async function booksYen(context: CommandContext, batch: LockedBatch): Promise<Record<string, number>> {
  const { rows } = await sql<{
    purchased: number
    collected: number
    diluted: number
    open: number
    held: number
  }>`with taken as (
      select record_id from import_row where batch_id = ${batch.id} and state = 'applied')
    select
      (select coalesce(sum(purchased_yen), 0)::bigint from receivable where id in (select record_id from taken)) as purchased,
      (select coalesce(sum(collected_yen), 0)::bigint from receivable where id in (select record_id from taken)) as collected,
      (select coalesce(sum(diluted_yen), 0)::bigint from receivable where id in (select record_id from taken)) as diluted,
      (select coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)::bigint from ledger_entry
        where kind = 'opening' and account_code = '1210' and receivable_id in (select record_id from taken)) as open,
      (select coalesce(sum(case side when 'credit' then amount_yen else -amount_yen end), 0)::bigint from ledger_entry
        where kind = 'opening' and account_code = '2120' and receivable_id in (select record_id from taken)) as held`.execute(
    context.tx,
  )
  const { purchased, collected, diluted, open, held } = rows[0]!
  return {
    purchasedYen: purchased,
    collectedYen: collected,
    dilutedYen: diluted,
    openYen: open,
    reserveHeldYen: held,
  }
}
