import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { applicationRefusals } from '../../applications/contract.ts'
import {
  type ApplicationToTakeOver,
  applicationTakeOverRefusals,
  claimLinkRefusals,
  linkTakenOver,
  type TakenOverApplication,
  type TakenState,
  takeBackApplication,
  takeOverApplication,
  unlinkTakenOver,
} from '../../applications/index.ts'
import { applicationStateLabels, channelLabels, formLabels } from '../../applications/labels.ts'
import type { LockedBatch } from '../batch.ts'
import { recordsBySourceNo, sourceNoKey } from '../source-numbers.ts'
import { claimsByNo, linkedNo, numbersIn } from './claim-links.ts'
import type { ImportField, StagedRow } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { referenceFields } from './references.ts'
import { personNameKey, staffByName } from './staff-by-name.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('client', {
    label: '利用者',
    number: [
      '顧客番号',
      '顧客コード',
      '利用者番号',
      '利用者コード',
      '申込者番号',
      '申込者コード',
      '取引先番号',
    ],
    corporateNumber: ['利用者法人番号', '申込者法人番号', '法人番号'],
    name: ['利用者', '利用者名', '申込者', '申込者名', '申込企業', '申込会社', '顧客名', '法人名', '会社名'],
  }),
  ...referenceFields('broker', {
    label: '紹介元',
    number: ['紹介元番号', '紹介元コード', '紹介者番号', '紹介者コード'],
    corporateNumber: ['紹介元法人番号', '紹介者法人番号'],
    name: ['紹介元', '紹介元名', '紹介者', '紹介者名', '紹介会社'],
  }),
  {
    name: 'sourceNo',
    label: '元の申込番号',
    type: 'text',
    columns: ['元の申込番号', '申込番号', '申込no', '受付番号', '受付no', '案件番号'],
  },
  {
    name: 'claims',
    label: '元の債権番号',
    type: 'text',
    columns: ['元の債権番号', '債権番号', '債権no', '対象債権', '買取債権番号'],
    help: '先に取り込んだ債権を紐付けます。複数は「、」で区切ります。旧番号か、このシステムの番号（R-…）。',
  },
  {
    name: 'submittedOn',
    label: '申込日',
    type: 'date',
    required: true,
    columns: ['申込日', '申込日付', '申込受付日', '受付日', '申請日', '申込年月日'],
  },
  {
    name: 'requestedYen',
    label: '希望額',
    type: 'yen',
    required: true,
    columns: [
      '希望額',
      '申込額',
      '申込金額',
      '希望金額',
      '買取希望額',
      '資金希望額',
      '調達希望額',
      '希望調達額',
    ],
  },
  {
    name: 'neededBy',
    label: '希望日',
    type: 'date',
    columns: ['希望日', '必要日', '資金必要日', '入金希望日', '実行希望日', '希望実行日'],
  },
  {
    name: 'state',
    label: '状態',
    type: 'choice',
    required: true,
    columns: [
      '状態',
      'ステータス',
      '申込状態',
      '申込状況',
      '進捗',
      '進捗状況',
      '審査状況',
      '結果',
      '審査結果',
    ],
    help: '受付済み・書類待ち・反社照合中・審査中・完了・謝絶・辞退・取下げ・期限切れ・取消し・取りやめ。見積より先の途中の申込は「審査中」に戻します。',
  },
  {
    name: 'decidedOn',
    label: '審査の回答日',
    type: 'date',
    columns: [
      '審査の回答日',
      '回答日',
      '審査回答日',
      '審査結果日',
      '審査日',
      '決裁日',
      '見積日',
      '可決日',
      '否決日',
    ],
    help: '見積を提示した日か、謝絶した日。承認率・成約率はこの日の月で数えます。',
  },
  {
    name: 'endedOn',
    label: '終了日',
    type: 'date',
    columns: ['終了日', '完了日', '実行日', '謝絶日', '辞退日', '取下日', '取下げ日', '終結日'],
    help: '終わった申込では必須です。空欄なら審査の回答日とします。',
  },
  {
    name: 'reason',
    label: '回答・終了の理由',
    type: 'longText',
    columns: [
      '回答・終了の理由',
      '理由',
      '謝絶理由',
      '否決理由',
      '辞退理由',
      '取下理由',
      '審査コメント',
      '備考',
    ],
  },
  {
    name: 'channel',
    label: '受付手段',
    type: 'choice',
    columns: ['受付手段', '申込経路', '申込方法', '受付方法', '受付経路', '経路', 'チャネル'],
    help: '空欄は「電話」とし、行に要確認を付けます。',
  },
  { name: 'form', label: '申込の形式', type: 'choice', columns: ['申込の形式', '申込形式', '申込区分'] },
  {
    name: 'campaign',
    label: '広告・きっかけ',
    type: 'text',
    columns: ['広告・きっかけ', '広告', 'きっかけ', '流入元', '媒体', 'キャンペーン'],
  },
  {
    name: 'owner',
    label: '担当者',
    type: 'text',
    columns: ['担当者', '担当', '営業担当', '当社担当', '当社担当者', '担当営業'],
    help: '同じ氏名のユーザーに割り当てます。いなければ、取込を準備した人にします。',
  },
  {
    name: 'previousFactorName',
    label: '乗り換え前の会社',
    type: 'text',
    columns: ['乗り換え前の会社', '乗換前の会社', '前社', '前ファクター', '他社利用', '他社名'],
  },
  {
    name: 'previousFactorEndedOn',
    label: '前社の利用終了日',
    type: 'date',
    columns: ['前社の利用終了日', '前社の終了日', '前社終了日', '他社終了日'],
  },
  {
    name: 'previousFactorOpenYen',
    label: '前社への未払額',
    type: 'yen',
    columns: ['前社への未払額', '前社未払額', '前社残高', '他社残高'],
  },
]

/** What old ledgers write, by the state it was; those between the quote and the money cannot be taken as they are. */
const UNDERWAY = ['quoted', 'accepted', 'contracting', 'ready_to_fund'] as const
type TypedState = TakenState | (typeof UNDERWAY)[number]

const states = choicesOf<TypedState>({
  submitted: [applicationStateLabels.submitted, '受付', '受付中', '受付済', '申込', '申込済', '新規'],
  docs_pending: [applicationStateLabels.docs_pending, '書類不備', '書類待', '不備', '書類提出待ち'],
  screening: [applicationStateLabels.screening, '照合中', '反社確認中', '反社チェック中'],
  in_review: [applicationStateLabels.in_review, '審査', '査定中'],
  quoted: [applicationStateLabels.quoted, '見積', '見積中', '見積提示', '見積提出', '可決', '承認'],
  accepted: [applicationStateLabels.accepted, '承諾'],
  contracting: [applicationStateLabels.contracting, '契約中', '契約手続き中', '契約待ち'],
  ready_to_fund: [applicationStateLabels.ready_to_fund, '実行待ち', '実行予定'],
  closed: [
    applicationStateLabels.closed,
    applicationStateLabels.funded,
    'funded',
    '実行済',
    '実行',
    '成約',
    '買取済',
    '買取済み',
    '終了',
  ],
  rejected: [applicationStateLabels.rejected, '否決', '見送り', '審査否決', '不可', 'NG'],
  declined: [applicationStateLabels.declined, '不成立', '失注', '見積辞退'],
  withdrawn: [applicationStateLabels.withdrawn, '取り下げ', '取下'],
  expired: [applicationStateLabels.expired, '失効', '時効', '期限超過'],
  cancelled: [applicationStateLabels.cancelled, '取消', '取り消し', 'キャンセル', '中止', '解約'],
  abandoned: [applicationStateLabels.abandoned, '取り止め', '断念'],
})
const channels = choicesOf({
  web: [channelLabels.web, 'Web', 'HP', 'ホームページ', 'フォーム', 'ネット', 'インターネット', 'メール'],
  photo: [channelLabels.photo, '写真', 'LINE'],
  phone: [channelLabels.phone, 'TEL', '架電', '受電', 'FAX'],
  online_meeting: [channelLabels.online_meeting, 'オンライン', 'Web面談', 'ビデオ面談'],
  visit: [channelLabels.visit, '来店', '訪問', '来社', '対面', '面談'],
  api: [channelLabels.api],
  panel: [channelLabels.panel, '一括', '比較サイト'],
})
const forms = choicesOf({ full: [formLabels.full], short: [formLabels.short, '簡易審査', '仮審査'] })

/** With the claims it is to be linked with. */
type ReadApplication = ApplicationToTakeOver & { claimIds: Id[] }

interface Lookup {
  claims: ReadonlyMap<string, Id>
  known: Map<string, Id>
  staff: ReadonlyMap<string, Id>
}

/** 申込: what clients asked for in an old system, the open ones as far as a quote, the ended ones with their day and reason. */
export const applications = recordKind<ReadApplication, Lookup>({
  name: 'applications',
  fields,
  permission: 'applications.handle',
  approve: 'imports.approve',
  parties: { client: 'client', broker: 'broker' },
  optional: ['broker'],
  sourceKind: 'application',
  refusals: { ...claimLinkRefusals, ...applicationRefusals, ...applicationTakeOverRefusals },
  fieldOf: { clientId: 'clientNumber', brokerId: 'broker', application: 'claims' },
  async prepare(context, batch, rows) {
    const cellsOf = (field: string) => {
      const at = batch.mapping.indexOf(field)
      return at < 0 ? [] : rows.flatMap((row: StagedRow) => row.cells[at] || [])
    }
    const typed = cellsOf('sourceNo')
    return {
      claims: await claimsByNo(context.tx, batch.options.numbering, cellsOf('claims').flatMap(numbersIn)),
      known: await recordsBySourceNo(context.tx, batch.options.numbering, 'application', typed),
      staff: await staffByName(context.tx),
    }
  },
  read(cells, { parties, lookup }) {
    const client = parties.client!
    const submittedOn = cells.required('submittedOn') === null ? null : cells.date('submittedOn')
    const requestedYen = cells.required('requestedYen') === null ? null : cells.whole('requestedYen')
    const standing = stateOf(cells)
    if (!submittedOn || requestedYen === null || !standing) return null
    if (requestedYen === 0)
      cells.complain('requestedYen', 'value_must_be_given', '希望額が0円です。', 'error')
    const sourceNo = cells.text('sourceNo')
    if (sourceNo && lookup.known.has(sourceNoKey(sourceNo)))
      cells.complain(
        'sourceNo',
        'application_must_be_new',
        `申込番号「${sourceNo.slice(0, 20)}」の申込はすでに登録されています。`,
        'error',
      )
    return {
      input: {
        clientId: client.id,
        brokerId: parties.broker?.id ?? null,
        channel: cells.choice('channel', channels),
        form: cells.choice('form', forms) ?? 'full',
        campaign: shortText(cells, 'campaign', 100),
        requestedYen,
        neededBy: cells.date('neededBy'),
        previousFactorName: shortText(cells, 'previousFactorName', 150),
        previousFactorEndedOn: cells.date('previousFactorEndedOn'),
        previousFactorOpenYen: cells.whole('previousFactorOpenYen'),
        ownerId: ownerOf(cells, lookup.staff),
        ...standing,
        submittedOn,
        reason: reasonOf(cells),
        isNumbered: sourceNo !== null,
        claimIds: numbersIn(cells.text('claims') ?? '').flatMap(
          typed => linkedNo(cells, 'claims', lookup.claims, typed) ?? [],
        ),
      },
      label: [client.legalName, sourceNo].filter(Boolean).join('　'),
      key: sourceNo ? `no|${sourceNoKey(sourceNo)}` : [client.id, submittedOn, requestedYen].join('|'),
      sourceNo,
    }
  },
  async enter(context, { claimIds, ...input }) {
    const taken = await takeOverApplication(context, input)
    const linked = [...new Set(claimIds)].sort()
    for (const receivableId of linked)
      await linkTakenOver(context, { applicationId: taken.applicationId, receivableId })
    return { recordId: taken.applicationId, made: [taken.applicationId], undo: { ...taken, linked } }
  },
  async leave(context, undo) {
    const taken = undo as unknown as TakenOverApplication & { linked?: Id[] }
    for (const receivableId of taken.linked ?? [])
      await unlinkTakenOver(context, { applicationId: taken.applicationId, receivableId })
    await takeBackApplication(context, taken)
  },
  booksYen,
})

const DECIDED_AT_THE_END: readonly TakenState[] = ['closed', 'rejected', 'declined', 'cancelled']

/** Where it stands, with the days of its first answer and its end as far as the file tells them. */
function stateOf(cells: CellReader): Pick<ApplicationToTakeOver, 'state' | 'decidedOn' | 'endedOn'> | null {
  const typed = cells.required('state') === null ? null : cells.choice('state', states)
  if (typed === null) return null
  const decidedOn = cells.date('decidedOn')
  const endedOn = cells.date('endedOn')
  if (isUnderway(typed)) {
    cells.complain(
      'state',
      'application_goes_back_to_review',
      '見積は移行できないため「審査中」としました。登録後に見積を出し直してください。',
      'note',
    )
    return { state: 'in_review', decidedOn, endedOn }
  }
  if (!DECIDED_AT_THE_END.includes(typed) || (decidedOn === null) === (endedOn === null))
    return { state: typed, decidedOn, endedOn }
  const [field, day] = decidedOn === null ? ['decidedOn', endedOn] : ['endedOn', decidedOn]
  cells.complain(
    field as string,
    'value_was_assumed',
    `${field === 'endedOn' ? '終了日' : '審査の回答日'}がないため ${day} としました。`,
    'note',
  )
  return { state: typed, decidedOn: decidedOn ?? endedOn, endedOn: endedOn ?? decidedOn }
}

const isUnderway = (state: TypedState): state is (typeof UNDERWAY)[number] =>
  (UNDERWAY as readonly string[]).includes(state)

function ownerOf(cells: CellReader, staff: ReadonlyMap<string, Id>): Id | null {
  const typed = cells.text('owner')
  const found = typed === null ? null : (staff.get(personNameKey(typed)) ?? null)
  if (typed !== null && found === null)
    cells.complain(
      'owner',
      'owner_was_not_found',
      `${cells.quoted('owner', typed)}という名前のユーザーが1人に決まらないため、取込を準備した人を担当にしました。`,
      'note',
    )
  return found
}

function shortText(cells: CellReader, field: string, max: number): string | null {
  const typed = cells.text(field)
  if (typed !== null && typed.length > max) cells.complain(field, 'text_must_fit', `${max}文字までです。`)
  return typed !== null && typed.length <= max ? typed : null
}

/** One character or more than a thousand are no reason; the first thousand are. */
function reasonOf(cells: CellReader): string | null {
  const typed = cells.text('reason')
  return typed !== null && typed.length >= 2 ? typed.slice(0, 1000) : null
}

async function booksYen(context: CommandContext, batch: LockedBatch): Promise<Record<string, number>> {
  const { rows } = await sql<{ requested: number; open: number }>`select
      coalesce(sum(requested_yen), 0)::bigint as requested, coalesce(sum(previous_factor_open_yen), 0)::bigint as open
    from application where id in (select record_id from import_row where batch_id = ${batch.id} and state = 'applied')`.execute(
    context.tx,
  )
  return { requestedYen: rows[0]!.requested, previousFactorOpenYen: rows[0]!.open }
}
