import { z } from 'zod'
import { changeReason, command, id, isoDate, ppm, query } from '../../platform/http/contract.ts'
import { personRoles, tieKinds } from './tables.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

const personInput = {
  familyName: text(50),
  givenName: text(50),
  familyKana: text(50).nullish(),
  givenKana: text(50).nullish(),
  formerName: text(100).nullish(),
  commonName: text(100).nullish(),
  latinName: text(100).nullish(),
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  birthDate: isoDate.nullish(),
  homeAddress: text(300).nullish(),
  phone: text(40).nullish(),
  email: z.email().max(254).nullish(),
  pepKind: z.enum(['none', 'foreign', 'domestic']).default('none'),
}

const boBasis = z.enum([
  'votes_over_50',
  'votes_over_25',
  'profit_over_50',
  'profit_over_25',
  'influence',
  'representative',
  'deemed_person',
])

export const peopleRefusals = {
  birth_date_must_be_plausible: '生年月日を確認してください（15歳から110歳まで）。',
  birth_date_must_be_given: '代表者・実質的支配者・保証人・取引担当者は生年月日が必要です。',
  kana_must_be_katakana: 'フリガナはカタカナで入力してください。',
  phone_must_be_valid: '電話番号が正しくありません。',
  my_number_must_not_be_stored: 'マイナンバーと思われる番号は保存できません。',
  role_must_not_be_held_already: 'この人は既に同じ役割で登録されています。',
  role_must_be_in_force: 'この役割は既に終了しています。',
  basis_must_be_given: '実質的支配者には該当する根拠が必要です。',
  shares_must_not_exceed_the_whole: '持株の合計が100%を超えます。',
  holder_must_be_another: '自社の株主に自社は登録できません。',
  tie_must_join_two: '別の会社を選んでください。',
} as const

export const addPerson = command({
  name: 'people.addPerson',
  path: '/api/parties/:partyId/people/add',
  summary:
    'Gives a person a role in a party; a further or changed representative or beneficial owner waits for a second person.',
  permission: 'people.change',
  critical: 'sometimes',
  input: z.object({
    partyId: id,
    /** Somebody already known; otherwise the person is registered with the fields below. */
    personId: id.nullish(),
    person: z.object(personInput).optional(),
    role: z.enum(personRoles),
    title: text(50).nullish(),
    department: text(100).nullish(),
    authorityBasis: z.enum(['registered', 'power_of_attorney', 'called_head_office', 'other']).nullish(),
    boBasis: boBasis.nullish(),
    validFrom: isoDate.nullish(),
    change: changeReason.optional(),
  }),
  output: z.object({ id, personId: id }),
  refusals: peopleRefusals,
})

export const endRole = command({
  name: 'people.endRole',
  path: '/api/party-people/:partyPersonId/end',
  summary:
    'Ends a person’s role on a day; for representatives and beneficial owners a second person decides.',
  permission: 'people.change',
  critical: 'sometimes',
  input: z.object({ partyPersonId: id, endedOn: isoDate, change: changeReason }),
  output: z.object({ id }),
  refusals: peopleRefusals,
})

export const recordShareholding = command({
  name: 'people.recordShareholding',
  path: '/api/parties/:partyId/shareholdings/record',
  summary:
    'Records who holds how much of a party, in parts per million of votes; replaces the holder’s earlier share.',
  permission: 'people.change',
  input: z.object({
    partyId: id,
    holderPartyId: id.nullish(),
    holderPersonId: id.nullish(),
    sharePpm: ppm.min(1).max(1_000_000),
    validFrom: isoDate.nullish(),
    change: changeReason,
  }),
  output: z.object({ id }),
  refusals: peopleRefusals,
})

export const confirmTie = command({
  name: 'people.confirmTie',
  path: '/api/parties/:partyId/ties/confirm',
  summary: 'Confirms that two parties belong together otherwise than by shares.',
  permission: 'people.change',
  input: z.object({ partyId: id, otherPartyId: id, relation: z.enum(tieKinds), change: changeReason }),
  output: z.object({ id }),
  refusals: peopleRefusals,
})

const member = z.object({
  id,
  personId: id,
  personNo: z.string(),
  name: z.string(),
  kana: z.string().nullable(),
  role: z.enum(personRoles),
  title: z.string().nullable(),
  department: z.string().nullable(),
  boBasis: z.string().nullable(),
  nationality: z.string().nullable(),
  pepKind: z.enum(['none', 'foreign', 'domestic']),
  hasBirthDate: z.boolean(),
  phoneLast: z.string().nullable(),
  email: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
})
export type Member = z.infer<typeof member>

const holding = z.object({
  id,
  holderKind: z.enum(['party', 'person']),
  holderId: id,
  holderName: z.string(),
  sharePpm: z.number().int(),
  validFrom: z.string().nullable(),
})
export type Holding = z.infer<typeof holding>

export const peopleOfParty = query({
  name: 'people.peopleOfParty',
  path: '/api/parties/:partyId/people',
  summary: 'People and shareholders of a party, now and before; birth date, address and phone are masked.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ people: z.array(member), holdings: z.array(holding) }),
})

export const groupOfParty = query({
  name: 'people.groupOfParty',
  path: '/api/parties/:partyId/group',
  summary: 'The connected parties: holdings over 50 % and confirmed ties, with the edges for the drawing.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    parties: z.array(z.object({ id, partyNo: z.string(), legalName: z.string() })),
    edges: z.array(z.object({ from: id, to: id, label: z.string(), sharePpm: z.number().int().nullable() })),
  }),
})

export const unmaskPerson = query({
  name: 'people.unmaskPerson',
  method: 'POST',
  path: '/api/people/:personId/unmask',
  summary: 'Birth date, home address and phone of one person, for a stated reason which is recorded.',
  permission: 'parties.seeSensitive',
  sight: 'unmask',
  input: z.object({ personId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({
    birthDate: z.string().nullable(),
    homeAddress: z.string().nullable(),
    phone: z.string().nullable(),
  }),
})
