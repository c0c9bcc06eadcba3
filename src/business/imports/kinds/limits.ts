import { addMonths } from '../../../platform/dates/calendar-date.ts'
import { creditRefusals } from '../../credit/contract.ts'
import {
  type LimitToTakeOver,
  limitTakeOverRefusals,
  type TakenOverLimit,
  takeBackLimit,
  takeOverLimit,
} from '../../credit/index.ts'
import { limitKindLabels, termLabels } from '../../credit/labels.ts'
import type { StoredLimitKind } from '../../credit/tables.ts'
import type { ImportField } from './import-kind.ts'
import { choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  ...referenceFields('debtor', {
    label: '組合せの売掛先',
    number: ['売掛先番号', '売掛先コード'],
    corporateNumber: ['売掛先法人番号'],
    name: ['売掛先', '売掛先名'],
  }),
  {
    name: 'limitKind',
    label: '枠の種別',
    type: 'choice',
    columns: ['枠の種別', '枠種別', '与信枠種別', '限度種別', '枠区分'],
    help: '空欄は利用者枠にします。',
  },
  { name: 'term', label: '恒久・一時', type: 'choice', columns: ['恒久・一時', '期間区分', '恒久一時'] },
  {
    name: 'limitYen',
    label: '限度額',
    type: 'yen',
    columns: ['限度額', '与信枠', '与信限度額', '与信額', '枠金額', '極度額'],
  },
  {
    name: 'limitPpm',
    label: '集中度の上限',
    type: 'ppm',
    columns: ['集中度の上限', '集中度上限', '上限割合'],
  },
  {
    name: 'inForceFrom',
    label: '開始日',
    type: 'date',
    columns: ['開始日', '設定日', '有効開始日', '適用開始日'],
  },
  { name: 'inForceTo', label: '終了日', type: 'date', columns: ['終了日', '有効期限', '期限'] },
  {
    name: 'reviewDueOn',
    label: '見直し期日',
    type: 'date',
    columns: ['見直し期日', '見直し日', '次回見直し', '見直期限'],
  },
  {
    name: 'assessedOn',
    label: '査定日',
    type: 'date',
    required: true,
    columns: ['査定日', '審査日', '決裁日', '承認日'],
  },
  {
    name: 'grounds',
    label: '根拠',
    type: 'longText',
    columns: ['根拠', '設定根拠', '審査コメント', '備考', '理由'],
  },
]

const kinds = choicesOf(
  Object.fromEntries(
    Object.entries(limitKindLabels).map(([kind, label]) => [kind, [label, label.replace(/枠$/, '')]]),
  ) as Record<StoredLimitKind, string[]>,
)
for (const word of ['集中度', '集中', '集中リスク']) kinds.set(word, 'concentration')
for (const word of ['顧客', '顧客枠', '個社', '個社枠']) kinds.set(word, 'client')
const terms = choicesOf({
  permanent: [termLabels.permanent, '恒久', '通常'],
  temporary: [termLabels.temporary, '一時', '臨時'],
})

const REVIEW_MONTHS = 12

/** 与信枠: limits of an old system; whoever may request limits prepares them, whoever may approve limits approves them. */
export const limits = recordKind<LimitToTakeOver>({
  name: 'limits',
  fields,
  permission: 'credit.request',
  approve: 'credit.approve',
  parties: { party: null, debtor: 'debtor' },
  optional: ['debtor'],
  refusals: { ...creditRefusals, ...limitTakeOverRefusals },
  fieldOf: { subjectId: 'partyNumber', secondSubjectId: 'debtorNumber' },
  read(cells, { parties, context }) {
    const party = parties.party!
    const assessedOn = cells.required('assessedOn') === null ? null : cells.date('assessedOn')
    const limitKind = cells.choice('limitKind', kinds) ?? 'client'
    const limitYen = limitKind === 'concentration' ? null : cells.whole('limitYen')
    const limitPpm = limitKind === 'concentration' ? cells.rate('limitPpm') : null
    if (limitYen === null && limitPpm === null && !cells.refused)
      cells.complain(
        limitKind === 'concentration' ? 'limitPpm' : 'limitYen',
        'value_must_be_given',
        '限度額が空です。',
        'error',
      )
    if (assessedOn === null) return null
    const term = cells.choice('term', terms) ?? 'permanent'
    const inForceTo = cells.date('inForceTo')
    const grounds = cells.text('grounds')
    const wanted = inForceTo ?? addMonths(assessedOn, REVIEW_MONTHS)
    return {
      input: {
        limitKind,
        subjectId: party.id,
        secondSubjectId: parties.debtor?.id ?? null,
        term,
        limitYen,
        limitPpm,
        inForceFrom: cells.date('inForceFrom') ?? assessedOn,
        inForceTo,
        // An overdue review is due tomorrow: the limit counts, and somebody must look at it.
        reviewDueOn:
          cells.date('reviewDueOn') ?? (wanted > context.today ? wanted : addMonths(context.today, 1)),
        assessedOn,
        grounds:
          grounds && grounds.length >= 5
            ? grounds.slice(0, 4000)
            : `旧システムの与信枠を移行${grounds ? `（${grounds}）` : ''}`,
      },
      label: [party.legalName, limitKindLabels[limitKind], parties.debtor?.legalName]
        .filter(Boolean)
        .join('　'),
      key: [party.id, parties.debtor?.id ?? '', limitKind, term, term === 'temporary' ? inForceTo : ''].join(
        '|',
      ),
    }
  },
  async enter(context, input) {
    const taken = await takeOverLimit(context, input)
    return { recordId: taken.limitId, made: [taken.limitId], undo: { ...taken } }
  },
  leave: (context, undo) => takeBackLimit(context, undo as unknown as TakenOverLimit),
})
