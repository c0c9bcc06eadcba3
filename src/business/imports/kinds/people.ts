import { looksLikeMyNumber, normalizePersonName } from '../../names/index.ts'
import { peopleRefusals } from '../../people/contract.ts'
import {
  type PersonToTakeOver,
  type TakenOverPerson,
  takeBackPerson,
  takeOverPerson,
  takeOverRefusals,
} from '../../people/index.ts'
import { personRoleLabels } from '../../people/labels.ts'
import type { PersonRole } from '../../people/tables.ts'
import { letGoOfSubjects } from '../../screening/index.ts'
import { cutName } from './customers/read-row.ts'
import type { ImportField } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'
import { type ReadRecord, recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  personal('personName', '氏名', [
    '氏名',
    '名前',
    '担当者',
    '担当者名',
    '代表者',
    '代表者名',
    '役員名',
    '保証人名',
    '窓口担当者',
  ]),
  personal('familyName', '姓', ['姓', '苗字', '名字']),
  personal('givenName', '名', ['名']),
  personal('personKana', '氏名フリガナ', [
    '氏名カナ',
    '氏名フリガナ',
    'フリガナ',
    'カナ',
    'ふりがな',
    '担当者カナ',
  ]),
  {
    name: 'role',
    label: '役割',
    type: 'choice',
    columns: ['役割', '区分', '種別', '関係', '立場', '関係区分'],
    help: '代表者・取締役・監査役・実質的支配者・株主・代理人・連絡窓口・保証人・部門責任者。空欄は連絡窓口にします。',
  },
  { name: 'title', label: '役職', type: 'text', columns: ['役職', '肩書', '肩書き', '役職名'] },
  { name: 'department', label: '部署', type: 'text', columns: ['部署', '部署名', '所属', '担当部署'] },
  personal('birthDate', '生年月日', ['生年月日', '誕生日', '生年'], 'date'),
  personal('homeAddress', '自宅住所', ['自宅住所', '住所', '個人住所'], 'address'),
  personal(
    'phone',
    '電話番号',
    ['電話番号', '電話', '携帯', '携帯電話', '携帯番号', '直通', '連絡先'],
    'phone',
  ),
  personal('email', 'メールアドレス', ['メール', 'メールアドレス', 'e-mail', 'email', 'mail'], 'email'),
  personal('latinName', 'ローマ字氏名', ['ローマ字', '英字氏名', 'ローマ字氏名']),
  personal('formerName', '旧姓・旧名', ['旧姓', '旧氏名']),
  personal('nationality', '国籍', ['国籍', '国籍コード']),
  {
    name: 'boBasis',
    label: '実質的支配者の根拠',
    type: 'choice',
    columns: ['実質的支配者の根拠', '該当事由', '支配の根拠'],
  },
  { name: 'validFrom', label: '就任日', type: 'date', columns: ['就任日', '開始日', '就任年月日', '登録日'] },
  { name: 'validTo', label: '退任日', type: 'date', columns: ['退任日', '終了日', '退任年月日', '退職日'] },
]

function personal(
  name: string,
  label: string,
  columns: readonly string[],
  type: ImportField['type'] = 'text',
): ImportField {
  return { name, label, type, columns: [label, ...columns], personal: true }
}

const roleWords: Readonly<Record<PersonRole, readonly string[]>> = {
  representative: [
    personRoleLabels.representative,
    '代表',
    '代表取締役',
    '代表取締役社長',
    '代表社員',
    '代表理事',
    '社長',
    '理事長',
  ],
  director: [
    personRoleLabels.director,
    '取締役',
    '理事',
    '役員',
    '専務',
    '常務',
    '専務取締役',
    '常務取締役',
    '執行役',
  ],
  auditor: [personRoleLabels.auditor, '監査役', '監事', '会計参与'],
  beneficial_owner: [personRoleLabels.beneficial_owner, '実質支配者', 'UBO', 'BO'],
  shareholder: [personRoleLabels.shareholder, '主要株主', '出資者'],
  agent: [personRoleLabels.agent, '代理人', '取引担当者', '取引担当'],
  contact: [personRoleLabels.contact, '連絡先', '窓口', '担当', '担当者', '経理担当'],
  guarantor: [personRoleLabels.guarantor, '連帯保証人'],
  department_head: [personRoleLabels.department_head, '責任者', '部長'],
}

const basisWords = {
  votes_over_50: ['議決権50%超', '50%超', '過半数'],
  votes_over_25: ['議決権25%超', '25%超'],
  profit_over_50: ['収益配当50%超'],
  profit_over_25: ['収益配当25%超'],
  influence: ['支配的な影響力', '事実上の支配', '出資・融資・取引その他の関係'],
  representative: ['業務執行の代表', '代表者'],
  deemed_person: ['みなし自然人', '上場会社', '国・上場会社等'],
} as const

const roles = choicesOf(roleWords)
const bases = choicesOf(basisWords)

/** 関係者: representatives, officers, beneficial owners, guarantors and contacts of parties that are there already. */
export const people = recordKind<PersonToTakeOver>({
  name: 'people',
  fields,
  permission: 'people.change',
  approve: 'imports.approve',
  parties: { party: null },
  needs: ({ mapping }) =>
    mapping.includes('personName') || (mapping.includes('familyName') && mapping.includes('givenName'))
      ? []
      : [
          {
            code: 'required_columns_must_be_mapped',
            field: 'mapping',
            message: '「氏名」の列か、「姓」と「名」の列を割り当ててください。',
          },
        ],
  refusals: { ...peopleRefusals, ...takeOverRefusals },
  fieldOf: {
    familyName: 'personName',
    givenName: 'personName',
    familyKana: 'personKana',
    givenKana: 'personKana',
  },
  read(cells, { parties }): ReadRecord<PersonToTakeOver> | null {
    const party = parties.party!
    const name = nameOf(cells)
    const role = cells.choice('role', roles) ?? 'contact'
    if (!name) return null
    const kana = kanaOf(cells)
    const input: PersonToTakeOver = {
      partyId: party.id,
      role,
      title: limited(cells, 'title', 50),
      department: limited(cells, 'department', 100),
      boBasis: cells.choice('boBasis', bases),
      validFrom: cells.date('validFrom'),
      validTo: cells.date('validTo'),
      ...name,
      ...kana,
      formerName: limited(cells, 'formerName', 100),
      latinName: limited(cells, 'latinName', 100),
      nationality: nationalityOf(cells),
      birthDate: cells.date('birthDate'),
      homeAddress: limited(cells, 'homeAddress', 300),
      phone: limited(cells, 'phone', 40),
      email: emailOf(cells),
    }
    if (input.validFrom && input.validTo && input.validTo < input.validFrom)
      cells.complain('validTo', 'period_must_be_forward', '退任日が就任日より前です。')
    return {
      input,
      label: `${party.legalName}　${personRoleLabels[role]}`,
      key: [party.id, role, input.familyName, input.givenName, input.birthDate, input.validTo].join('|'),
    }
  },
  async enter(context, input) {
    const { outcome, ...taken } = await takeOverPerson(context, input)
    const missing =
      input.birthDate === null && ['representative', 'beneficial_owner', 'guarantor'].includes(input.role)
    return {
      recordId: taken.personId,
      made: [],
      isNew: taken.madePerson,
      outcome,
      undo: { ...taken, outcome, partyId: input.partyId },
      notes: missing
        ? [
            {
              code: 'birth_date_is_asked_for_later',
              column: null,
              heading: '生年月日',
              message: '生年月日がありません。本人確認の完了までに登録が必要です。',
              weight: 'note',
            },
          ]
        : [],
    }
  },
  async leave(context, undo) {
    const taken = undo as unknown as TakenOverPerson & { partyId: string }
    await takeBackPerson(context, taken)
    if (taken.madePerson) await letGoOfSubjects(context, [taken.personId])
  },
})

function nameOf(cells: CellReader): { familyName: string; givenName: string } | null {
  const [family, given] = [cells.text('familyName'), cells.text('givenName')]
  if (family && given) return checked(cells, { familyName: family, givenName: given })
  const typed = cells.required(cells.mapped('personName') ? 'personName' : 'familyName')
  if (!typed) return null
  const person = normalizePersonName(typed)
  if (person.family && person.given)
    return checked(cells, { familyName: person.family, givenName: person.given })
  const cut = cutName(person.name)
  if (!cut) {
    cells.complain(
      'personName',
      'person_name_must_be_readable',
      '姓と名を分けられません。姓と名の間を空けるか、「姓」「名」の列に分けてください。',
      'error',
    )
    return null
  }
  cells.complain(
    'personName',
    'person_name_was_cut',
    '氏名に空白がないため、文字数で姓と名に分けました。登録後に確認してください。',
    'note',
  )
  return cut
}

function checked(cells: CellReader, name: { familyName: string; givenName: string }) {
  if (looksLikeMyNumber(name.familyName) || looksLikeMyNumber(name.givenName))
    cells.complain('personName', 'my_number_must_not_be_stored', peopleRefusals.my_number_must_not_be_stored)
  return { familyName: name.familyName.slice(0, 50), givenName: name.givenName.slice(0, 50) }
}

function kanaOf(cells: CellReader): { familyKana: string | null; givenKana: string | null } {
  const typed = cells.text('personKana')
  if (!typed) return { familyKana: null, givenKana: null }
  const [family = '', given = ''] = typed.normalize('NFKC').split(/[\s・]+/)
  if (family && given) return { familyKana: family.slice(0, 50), givenKana: given.slice(0, 50) }
  cells.complain(
    'personKana',
    'person_kana_must_be_split',
    'フリガナの姓と名の間に空白がないため、フリガナを空欄にしました。',
    'warning',
  )
  return { familyKana: null, givenKana: null }
}

function limited(cells: CellReader, field: string, longest: number): string | null {
  const text = cells.text(field)
  if (text === null || text.length <= longest) return text
  cells.complain(field, 'input_must_have_the_right_shape', `${longest}文字以内で入力してください。`)
  return null
}

function emailOf(cells: CellReader): string | null {
  const typed = cells.text('email')?.normalize('NFKC') ?? null
  if (typed === null || /^[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}$/.test(typed)) return typed
  cells.complain('email', 'email_must_be_valid', 'メールアドレスの形ではありません。')
  return null
}

const COUNTRIES = choicesOf({
  JP: ['日本', '日本国', '日本人'],
  KR: ['韓国', '大韓民国'],
  CN: ['中国', '中華人民共和国'],
  TW: ['台湾'],
  US: ['米国', 'アメリカ', 'アメリカ合衆国'],
  VN: ['ベトナム'],
  PH: ['フィリピン'],
  BR: ['ブラジル'],
  NP: ['ネパール'],
  IN: ['インド'],
  TH: ['タイ'],
  GB: ['英国', 'イギリス'],
})

function nationalityOf(cells: CellReader): string | null {
  const typed = cells.text('nationality')?.normalize('NFKC').toUpperCase() ?? null
  if (typed === null || /^[A-Z]{2}$/.test(typed)) return typed
  return cells.choice('nationality', COUNTRIES)
}
