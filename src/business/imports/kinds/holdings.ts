import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { normalizeCompanyName, normalizePersonName } from '../../names/index.ts'
import { ownershipRefusals } from '../../ownership/contract.ts'
import {
  holdingTakeOverRefusals,
  type TakenOverHolding,
  takeBackHolding,
  takeBackTie,
  takeOverHolding,
  takeOverTie,
} from '../../ownership/index.ts'
import { rightLabels, sourceLabels, tieLabels } from '../../ownership/labels.ts'
import type { HoldingSource, RightKind, TieKind } from '../../ownership/tables.ts'
import { type TakenOverPerson, takeBackPerson, takeOverPerson, takeOverRefusals } from '../../people/index.ts'
import type { RowProblem } from '../tables.ts'
import { cutName } from './customers/read-row.ts'
import type { ImportField } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { type Entered, recordKind } from './record-kind.ts'
import {
  isReferenced,
  PARTY_HEADINGS,
  type PartyReference,
  type Resolved,
  referenceFields,
  referenceOf,
  resolveParties,
} from './references.ts'

const HELD = {
  label: '発行会社',
  number: [...PARTY_HEADINGS.number, '発行会社番号', '発行会社コード', '出資先コード', '被保有会社コード'],
  corporateNumber: [...PARTY_HEADINGS.corporateNumber, '発行会社法人番号', '出資先法人番号'],
  name: [...PARTY_HEADINGS.name, '発行会社', '発行会社名', '出資先', '出資先名', '被保有会社', '子会社名'],
}

const HOLDER = {
  label: '株主',
  number: ['株主番号', '株主コード', '親会社コード', '出資者コード'],
  corporateNumber: ['株主法人番号', '親会社法人番号', '出資者法人番号'],
  name: [
    '株主名',
    '株主',
    '株主氏名',
    '株主名称',
    '株主氏名または名称',
    '保有者',
    '保有者名',
    '出資者',
    '出資者名',
    '親会社',
    '親会社名',
    '関係会社',
    '関係会社名',
    '相手会社',
  ],
}

const fields: readonly ImportField[] = [
  ...referenceFields('party', HELD),
  ...referenceFields('holder', HOLDER).map(field => ({
    ...field,
    ...(field.name === 'holder'
      ? {
          help: '会社名か個人の氏名。登録済みの会社と法人格のある名称は会社、ほかは個人として扱います。',
          personal: true as const,
        }
      : {}),
  })),
  {
    name: 'holderKind',
    label: '株主の種類',
    type: 'choice',
    columns: ['株主の種類', '株主区分', '法人個人', '法人・個人', '個人法人区分'],
    help: '法人・個人。空欄は名称から判断します。',
  },
  {
    name: 'relation',
    label: '関係',
    type: 'choice',
    columns: ['関係', '関係区分', 'グループ関係', '関係の種類'],
    help: '空欄は株主（持分の列が必要）。関連会社・兄弟会社などの資本によらない関係は、持分なしで取り込みます。',
  },
  {
    name: 'shareVotes',
    label: '議決権数（株数）',
    type: 'number',
    columns: [
      '議決権数',
      '保有議決権数',
      '所有議決権数',
      '持株数',
      '所有株式数',
      '保有株数',
      '株数',
      '株式数',
    ],
  },
  {
    name: 'shareTotal',
    label: '総議決権数（発行済株式総数）',
    type: 'number',
    columns: ['総議決権数', '議決権総数', '発行済株式総数', '発行済株式数', '発行済株数', '総株数'],
  },
  {
    name: 'sharePpm',
    label: '持分の割合',
    type: 'ppm',
    columns: [
      '持分の割合',
      '持株比率',
      '議決権割合',
      '議決権比率',
      '出資比率',
      '出資割合',
      '保有割合',
      '保有比率',
      '比率',
      '割合',
      '持分',
    ],
  },
  { name: 'right', label: '権利の種類', type: 'choice', columns: ['権利の種類', '権利'] },
  {
    name: 'validFrom',
    label: '取得日',
    type: 'date',
    columns: ['取得日', '取得年月日', '開始日', '基準日', '名簿基準日', 'いつから'],
  },
  { name: 'source', label: '確認資料', type: 'choice', columns: ['確認資料', '出典', '資料', '根拠資料'] },
]

const wordsOf = <T extends string>(labels: Record<T, string>) =>
  Object.fromEntries(
    Object.entries<string>(labels).map(([value, label]) => [value, [label]]),
  ) as unknown as Record<T, string[]>

const rights = choicesOf<RightKind>(wordsOf(rightLabels))
for (const word of ['収益', '配当', '収益配当', '財産分配']) rights.set(word, 'profit')
const sources = choicesOf<HoldingSource>(wordsOf(sourceLabels))
const holderKinds = choicesOf({ party: ['法人', '会社', '団体'], person: ['個人', '自然人'] })
const relations = choicesOf<TieKind | 'holder' | 'subsidiary'>({
  ...wordsOf(tieLabels),
  holder: ['株主', '親会社', '出資者', '出資', '主要株主', '大株主', '支配株主'],
  subsidiary: ['子会社', '孫会社', '出資先'],
})
for (const word of ['グループ会社', '関係会社', '関連']) relations.set(word, 'affiliate')

interface HoldingRow {
  partyId: Id
  holderPartyId: Id | null
  holderPerson: { familyName: string; givenName: string } | null
  tie: TieKind | null
  right: RightKind
  sharePpm: number | null
  shareVotes: number | null
  shareTotal: number | null
  source: HoldingSource
  validFrom: IsoDate | null
  notes: RowProblem[]
}

type HoldingUndo =
  | { holding: TakenOverHolding; tieId: null; person: TakenOverPerson | null }
  | { holding: null; tieId: Id | null; person: TakenOverPerson | null }

interface Lookup {
  of: (line: number) => Resolved | null
}

/** 株主・グループ: who holds how much of a registered company, and ties by other means than shares. */
export const holdings = recordKind<HoldingRow, Lookup>({
  name: 'holdings',
  fields,
  permission: 'people.change',
  approve: 'parties.approveChange',
  parties: { party: null },
  refusals: {
    ...ownershipRefusals,
    ...holdingTakeOverRefusals,
    ...takeOverRefusals,
    day_must_not_be_later: '取得日が今日より後です。',
  },
  fieldOf: { familyName: 'holder', givenName: 'holder' },
  needs: ({ mapping }) =>
    isReferenced('holder', mapping)
      ? []
      : [
          {
            code: 'required_columns_must_be_mapped',
            field: 'mapping',
            message: '「株主の名称」「株主の番号」「株主の法人番号」のいずれかの列を割り当ててください。',
          },
        ],
  async prepare(context, batch, rows, readers) {
    const references = readers.map(cells => referenceOf('holder', cells))
    const resolved = await resolveParties(context.tx, batch.options.numbering, references)
    const byLine = new Map(rows.map((row, at) => [row.line, isEmpty(references[at]!) ? null : resolved[at]!]))
    return { of: line => byLine.get(line) ?? null }
  },
  read(cells, { parties, lookup, line }) {
    const party = parties.party!
    const relation = cells.choice('relation', relations) ?? 'holder'
    if (relation === 'subsidiary') {
      cells.complain(
        'relation',
        'holder_must_be_the_holding_side',
        '「子会社」の行は、発行会社の列に子会社、株主の列に親会社を書いてください。',
        'error',
      )
      return null
    }
    const tie = relation === 'holder' ? null : relation
    const holder = holderOf(cells, lookup.of(line), tie !== null)
    if (!holder) return null
    const notes: RowProblem[] = []
    const share = tie ? { sharePpm: null, shareVotes: null, shareTotal: null } : shareOf(cells, notes)
    if (!share) return null
    return {
      input: {
        partyId: party.id,
        ...holder,
        tie,
        ...share,
        right: cells.choice('right', rights) ?? 'votes',
        source: cells.choice('source', sources) ?? 'old_system',
        validFrom: cells.date('validFrom'),
        notes,
      },
      label: `${party.legalName}　${tie ? tieLabels[tie] : '株主'}${holder.holderName ? `　${holder.holderName}` : ''}`,
      key: [
        party.id,
        holder.holderPartyId ?? `${holder.holderPerson?.familyName} ${holder.holderPerson?.givenName}`,
        relation,
        cells.choice('right', rights) ?? 'votes',
      ].join('|'),
    }
  },
  async enter(context, input, batch): Promise<Entered> {
    if (input.tie) {
      const tieId = await takeOverTie(context, {
        partyId: input.partyId,
        otherPartyId: input.holderPartyId!,
        relation: input.tie,
        reason: `取込 ${batch.batch_no}`,
      })
      return entered({ holding: null, tieId, person: null }, tieId, input)
    }
    const person = input.holderPerson ? await personOf(context, input.partyId, input.holderPerson) : null
    const { taken, consequences } = await takeOverHolding(context, {
      ...input,
      holderPersonId: person?.personId ?? null,
    })
    for (const change of consequences)
      input.notes.push({
        code: 'owners_will_change',
        column: null,
        heading: '株主',
        message: `${change.label}が「${change.old}」から「${change.new}」に変わります。`,
        weight: 'note',
        change,
      })
    const undo: HoldingUndo = taken
      ? { holding: taken, tieId: null, person }
      : { holding: null, tieId: null, person }
    return entered(undo, taken?.holdingId ?? null, input)
  },
  async leave(context, undo) {
    const { holding, tieId, person, partyId } = undo as never as HoldingUndo & { partyId: Id }
    if (holding) await takeBackHolding(context, holding)
    if (tieId) await takeBackTie(context, tieId)
    if (person) await takeBackPerson(context, { ...person, partyId })
  },
})

function entered(undo: HoldingUndo, made: Id | null, { partyId, notes }: HoldingRow): Entered {
  return {
    recordId: made ?? partyId,
    made: made ? [made] : [],
    outcome: made ? 'new' : 'merged',
    undo: { ...undo, partyId } as never,
    notes,
  }
}

const isEmpty = (reference: PartyReference) => Object.values(reference).every(part => part === null)

/** A company that is registered or bears a legal form is a party; everything else is a person, unless the file says otherwise. */
function holderOf(cells: CellReader, resolved: Resolved | null, mustBeParty: boolean) {
  const name = cells.text('holder')
  if (!resolved) {
    cells.complain('holder', 'value_must_be_given', '株主（相手の会社）が空です。', 'error')
    return null
  }
  const kind = cells.choice('holderKind', holderKinds)
  const isParty =
    mustBeParty ||
    kind === 'party' ||
    (kind !== 'person' &&
      (resolved.ok ||
        cells.text('holderNumber') !== null ||
        cells.text('holderCorporateNumber') !== null ||
        (name !== null && normalizeCompanyName(name).form !== null)))
  if (isParty) {
    if (resolved.ok)
      return { holderPartyId: resolved.party.id, holderPerson: null, holderName: resolved.party.legalName }
    cells.complain('holder', 'party_must_be_found', resolved.message, 'error')
    return null
  }
  const person = normalizePersonName(name ?? '')
  const parts =
    person.family && person.given
      ? { familyName: person.family.slice(0, 50), givenName: person.given.slice(0, 50) }
      : cutName(person.name)
  if (parts) return { holderPartyId: null, holderPerson: parts, holderName: null }
  cells.complain(
    'holder',
    'person_name_must_be_readable',
    '登録済みの会社ではなく、個人の姓と名にも分けられません。会社なら先に登録し、個人なら姓と名の間を空けてください。',
    'error',
  )
  return null
}

/** Votes out of all votes where both are there, else the percentage. */
function shareOf(cells: CellReader, notes: RowProblem[]) {
  const votes = cells.whole('shareVotes', 'number_must_not_be_negative')
  const total = cells.whole('shareTotal', 'number_must_not_be_negative')
  const ppm = cells.rate('sharePpm')
  if (cells.refused) return null
  if (votes && total) {
    const byVotes = (votes * 1_000_000) / total
    if (ppm !== null && Math.abs(byVotes - ppm) > 10_000)
      notes.push({
        code: 'share_differs_from_votes',
        ...cells.placeOf('sharePpm'),
        message: '持分の割合が、議決権数÷総議決権数と1%以上違います。議決権数で登録します。',
        weight: 'note',
      })
    return { sharePpm: null, shareVotes: votes, shareTotal: total }
  }
  if (ppm !== null && ppm > 0 && ppm <= 1_000_000)
    return { sharePpm: ppm, shareVotes: null, shareTotal: null }
  cells.complain(
    ppm === null && votes !== null ? 'shareTotal' : 'sharePpm',
    'share_must_be_given',
    '持分がありません。割合（0%より大きく100%まで）か、議決権数と総議決権数を入力してください。',
    'error',
  )
  return null
}

/** The shareholder as a person of the company: who is there already under the name, or a new one in the role of shareholder. */
async function personOf(
  context: Parameters<typeof takeOverPerson>[0],
  partyId: Id,
  name: { familyName: string; givenName: string },
): Promise<TakenOverPerson> {
  const { outcome, ...taken } = await takeOverPerson(context, {
    partyId,
    role: 'shareholder',
    ...name,
    title: null,
    department: null,
    boBasis: null,
    validFrom: null,
    validTo: null,
    familyKana: null,
    givenKana: null,
    formerName: null,
    latinName: null,
    nationality: null,
    birthDate: null,
    homeAddress: null,
    phone: null,
    email: null,
  })
  return { ...taken, outcome }
}
