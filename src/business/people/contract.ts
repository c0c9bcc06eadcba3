import { z } from 'zod'
import { changeReason, command, id, isoDate, query } from '../../platform/http/contract.ts'
import { effectiveRefusals } from '../changes/contract.ts'
import { customInput, firstValueRefusals } from '../customization/contract.ts'
import { contactChannels, personRoles } from './tables.ts'

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
    .regex(/^[A-Z]{2}$/, '国は JP のような英字2文字で入力してください。')
    .nullish(),
  birthDate: isoDate.nullish(),
  homeAddress: text(300).nullish(),
  phone: text(40).nullish(),
  mobile: text(40).nullish(),
  email: z.email().max(254).nullish(),
  residenceStatus: text(50).nullish(),
  residenceUntil: isoDate.nullish(),
  pepKind: z.enum(['none', 'foreign', 'domestic']).default('none'),
  pepCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, '国は JP のような英字2文字で入力してください。')
    .nullish(),
  pepPast: z.boolean().nullish(),
}

/** Details of a role which may change while it lasts. */
const roleInput = {
  title: text(50).nullish(),
  department: text(100).nullish(),
  authorityBasis: z.enum(['registered', 'power_of_attorney', 'called_head_office', 'other']).nullish(),
  isRegisteredRepresentative: z.boolean().nullish(),
  boDeclaredOn: isoDate.nullish(),
  contactChannel: z.enum(contactChannels).nullish(),
  contactWindow: text(100).nullish(),
  doNotContact: z.boolean().nullish(),
  doNotContactReason: text(200).nullish(),
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
  role_must_not_be_held_already: 'この人は既に同じ役割で登録されています。',
  role_must_be_in_force: 'この役割は既に終了しています。',
  basis_must_be_given: '実質的支配者には該当する根拠が必要です。',
  something_must_change: '変更された項目がありません（その日の値と同じです）。',
  name_must_be_given: '姓と名は空にできません。',
  reason_for_no_contact_must_be_given: '「連絡しない」を選ぶときは、理由を5文字以上で入力してください。',
  role_must_begin_before_it_ends: '終了日は就任日より後の日付で入力してください。',
  ...firstValueRefusals,
  ...effectiveRefusals,
} as const

const planned = z.object({ plannedNo: z.string(), effectiveOn: isoDate }).nullable()

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
    person: z.object({ ...personInput, custom: customInput.optional() }).optional(),
    role: z.enum(personRoles),
    ...roleInput,
    boBasis: boBasis.nullish(),
    validFrom: isoDate.nullish(),
    change: changeReason.optional(),
  }),
  /** `id` is the role, or the plan when the role begins on a later day. */
  output: z.object({ id, personId: id, planned }),
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
  output: z.object({ id, planned }),
  refusals: peopleRefusals,
})

export const changeRole = command({
  name: 'people.changeRole',
  path: '/api/party-people/:partyPersonId/change',
  summary: 'Changes title, department or how a person may be contacted in a role, from a day on.',
  permission: 'people.change',
  input: z.object({
    partyPersonId: id,
    rowVersion: z.number().int(),
    details: z.object(roleInput),
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, rowVersion: z.number().int(), planned }),
  refusals: peopleRefusals,
})

export const changePerson = command({
  name: 'people.changePerson',
  path: '/api/people/:personId/change',
  summary:
    'Changes items of a person from a day on; items left out stay, null empties one. Name and birth date of a representative or beneficial owner in a running relation wait for a second person.',
  permission: 'people.change',
  critical: 'sometimes',
  input: z.object({
    personId: id,
    rowVersion: z.number().int(),
    person: z
      .object(personInput)
      .partial()
      .extend({ pepKind: z.enum(['none', 'foreign', 'domestic']).optional() }),
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: z.object({ id, rowVersion: z.number().int(), planned }),
  refusals: peopleRefusals,
})

const member = z.object({
  id,
  rowVersion: z.number().int(),
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
  mobileLast: z.string().nullable(),
  email: z.string().nullable(),
  authorityBasis: z.string().nullable(),
  isRegisteredRepresentative: z.boolean().nullable(),
  boDeclaredOn: z.string().nullable(),
  contactChannel: z.enum(contactChannels).nullable(),
  contactWindow: z.string().nullable(),
  doNotContact: z.boolean(),
  doNotContactReason: z.string().nullable(),
  /** In how many companies the person holds a role today. */
  companies: z.number().int(),
  /** The record of a merged company the role was given in; null for a company of one record. */
  recordNo: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
})
export type Member = z.infer<typeof member>

export const peopleOfParty = query({
  name: 'people.peopleOfParty',
  path: '/api/parties/:partyId/people',
  summary:
    'People of a party, now and before; birth date, address and phone are masked. With `asOf` those of that day.',
  permission: 'people.read',
  sight: 'list',
  input: z.object({
    partyId: id,
    asOf: isoDate.optional(),
    known: z.enum(['then', 'now']).default('then'),
  }),
  output: z.object({ people: z.array(member) }),
})

export const unmaskPerson = query({
  name: 'people.unmaskPerson',
  method: 'POST',
  path: '/api/people/:personId/unmask',
  summary:
    'Birth date, home address, phone and earlier values of one person, for a stated reason which is recorded.',
  permission: 'parties.seeSensitive',
  sight: 'unmask',
  input: z.object({ personId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({
    birthDate: z.string().nullable(),
    homeAddress: z.string().nullable(),
    phone: z.string().nullable(),
    mobile: z.string().nullable(),
    /** What items were before, by their place in the history of the person. */
    history: z.array(z.object({ seq: z.number().int(), field: z.string(), value: z.unknown() })),
  }),
})

const company = z.object({
  partyId: id,
  partyNo: z.string(),
  legalName: z.string(),
  role: z.enum(personRoles),
  title: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
})

const known = z.object({
  id,
  personNo: z.string(),
  name: z.string(),
  kana: z.string().nullable(),
  hasBirthDate: z.boolean(),
  companies: z.array(company),
})
export type KnownPerson = z.infer<typeof known>

export const findPeople = query({
  name: 'people.findPeople',
  path: '/api/people',
  summary:
    'People by the beginning of a name, a reading or an earlier name, with the companies they have or had roles in.',
  permission: 'people.read',
  sight: 'search',
  input: z.object({
    text: z.string().trim().min(1).max(100),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.object({ rows: z.array(known) }),
})

export const likePerson = query({
  name: 'people.likePerson',
  method: 'POST',
  path: '/api/people/like',
  summary:
    'People who may be the one being entered: same name, same reading or same birth date, the surest first.',
  // Whether a birth date is the right one is told only to those who enter people: asked often enough, it tells the date.
  permission: 'people.change',
  sight: 'search',
  input: z.object({
    familyName: z.string().trim().max(50),
    givenName: z.string().trim().max(50),
    familyKana: z.string().trim().max(50).optional(),
    givenKana: z.string().trim().max(50).optional(),
    birthDate: isoDate.nullish(),
  }),
  output: z.object({
    rows: z.array(
      known.extend({ sameName: z.boolean(), sameKana: z.boolean(), sameBirthDate: z.boolean().nullable() }),
    ),
  }),
})

export const openPerson = query({
  name: 'people.openPerson',
  path: '/api/people/:personId',
  summary:
    'One person: items, masked where they are secret, roles in companies, and what changed when and why.',
  permission: 'people.read',
  sight: 'open',
  input: z.object({ personId: id }),
  output: known.extend({
    rowVersion: z.number().int(),
    familyName: z.string(),
    givenName: z.string(),
    familyKana: z.string().nullable(),
    givenKana: z.string().nullable(),
    formerName: z.string().nullable(),
    commonName: z.string().nullable(),
    latinName: z.string().nullable(),
    nationality: z.string().nullable(),
    residenceStatus: z.string().nullable(),
    residenceUntil: z.string().nullable(),
    hasHomeAddress: z.boolean(),
    phoneLast: z.string().nullable(),
    mobileLast: z.string().nullable(),
    email: z.string().nullable(),
    pepKind: z.enum(['none', 'foreign', 'domestic']),
    pepCountry: z.string().nullable(),
    pepPast: z.boolean(),
    history: z.array(
      z.object({
        seq: z.number().int(),
        field: z.string(),
        /** Null where the value is secret; `masked` says so. */
        value: z.unknown(),
        masked: z.boolean(),
        validFrom: z.string().nullable(),
        recordedAt: z.string(),
        recordedBy: z.string().nullable(),
        approvedBy: z.string().nullable(),
        reasonText: z.string().nullable(),
      }),
    ),
  }),
})
export type PersonRecord = z.infer<typeof openPerson.output>
