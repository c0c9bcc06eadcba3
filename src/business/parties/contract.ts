import { z } from 'zod'
import {
  changeReason,
  command,
  historicDay,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
  yen,
} from '../../platform/http/contract.ts'
import { customInput, customValue, shownMark, valueRefusals } from '../customization/contract.ts'

export const partyKinds = ['corporation', 'sole_proprietor', 'public_body', 'unincorporated'] as const
export const partyRoles = [
  'client',
  'debtor',
  'guarantor',
  'group_member',
  'broker',
  'vendor',
  'funder',
] as const
export const partyStages = ['prospect', 'applied', 'active'] as const
export const partyStatuses = ['normal', 'suspended', 'blocked', 'closed'] as const

const text = (max: number) => z.string().trim().min(1).max(max)

/** Basic items as typed; widths, hyphens and spellings are normalised by the rules, and what was typed stays for display. */
const basics = {
  legalNameKana: text(150).nullish(),
  legalNameEn: text(300).nullish(),
  tradeName: text(100).nullish(),
  corporateNumber: text(40).nullish(),
  invoiceRegNo: text(40).nullish(),
  industryCode: text(4).nullish(),
  businessSummary: text(1000).nullish(),
  establishedOn: historicDay.nullish(),
  capitalYen: yen.min(0).nullish(),
  employees: z.number().int().min(0).max(10_000_000).nullish(),
  annualSalesYen: yen.min(0).nullish(),
  fiscalYearEnd: z
    .string()
    .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/, '月日は 03-31 の形で入力してください。')
    .nullish(),
  postalCode: text(20).nullish(),
  address: text(300).nullish(),
  phone: text(40).nullish(),
  website: text(300).nullish(),
  emailDomain: text(253).nullish(),
  correspondencePostalCode: text(20).nullish(),
  correspondenceAddress: text(300).nullish(),
  fax: text(40).nullish(),
  employeesAsOf: isoDate.nullish(),
  establishedPrecision: z.enum(['day', 'month', 'year']).nullish(),
  listing: z.enum(['listed', 'subsidiary_of_listed', 'unlisted', 'public']).nullish(),
  listingMarket: text(50).nullish(),
  securitiesCode: text(10).nullish(),
  moneyLenderRegNo: text(30).nullish(),
  ownerStaffId: id.nullish(),
}
export const partyBasics = z.object(basics)
export type PartyBasics = z.infer<typeof partyBasics>

export const partyRefusals = {
  ...valueRefusals,
  corporate_number_must_be_valid: '法人番号が正しくありません（13桁・検査用数字を確認してください）。',
  corporate_number_must_be_unique: 'この法人番号の顧客は既に登録されています。',
  corporate_number_must_belong_to_a_body: '個人事業主には法人番号がありません。',
  invoice_number_must_be_valid: '適格請求書発行事業者番号が正しくありません（T＋13桁）。',
  invoice_number_must_match_corporate_number: '法人の登録番号は「T＋法人番号」でなければなりません。',
  my_number_must_not_be_stored: 'マイナンバーと思われる番号は保存できません。',
  phone_must_be_valid: '電話番号が正しくありません。',
  postal_code_must_be_valid: '郵便番号は7桁で入力してください。',
  kana_must_be_katakana: 'フリガナはカタカナで入力してください。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  name_must_differ: '変更後の名称が現在と同じです。',
  something_must_change: '変更された項目がありません（その日の値と同じです）。',
  industry_must_be_known: '業種は日本標準産業分類の2〜4桁の番号で入力してください。',
  securities_code_must_be_valid: '証券コードは4桁の数字または英数字で入力してください。',
  owner_must_be_on_the_staff: '担当者は在籍している社員から選んでください。',
  owner_must_be_given: '担当者を空にはできません。',
  one_role_must_be_chosen: '役割（利用者・売掛先など）を1つ以上選んでください。',
} as const

export const registerParty = command({
  name: 'parties.registerParty',
  path: '/api/parties/register',
  summary: 'Registers a company, public body or sole proprietor.',
  permission: 'parties.register',
  input: z.object({
    partyKind: z.enum(partyKinds),
    legalName: text(150),
    roles: z.array(z.enum(partyRoles)).max(7).default(['client']),
    ...basics,
    /** Values of the fields the company has defined itself, by key. */
    custom: customInput.optional(),
  }),
  output: z.object({ id, partyNo: z.string() }),
  refusals: partyRefusals,
})

/** What a change answers: the record's version, and the plan when the change takes effect on a later day. */
const changed = z.object({
  id,
  rowVersion: z.number().int(),
  planned: z.object({ plannedNo: z.string(), effectiveOn: isoDate }).nullable(),
})

export const renameParty = command({
  name: 'parties.renameParty',
  path: '/api/parties/:partyId/rename',
  summary:
    'Changes the legal name; always decided by a second person. The old name is kept with its dates and stays searchable.',
  permission: 'parties.change',
  critical: 'always',
  input: z.object({
    partyId: id,
    rowVersion: z.number().int(),
    legalName: text(150),
    legalNameKana: text(150).nullish(),
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: changed,
  refusals: partyRefusals,
})

export const changeBasics = command({
  name: 'parties.changeBasics',
  path: '/api/parties/:partyId/change-basics',
  summary:
    'Changes basic items other than the legal name, and custom fields, from a day on, past or future; items left out stay, null empties one. A changed value of a custom field marked critical waits for a second person.',
  permission: 'parties.change',
  critical: 'sometimes',
  input: z.object({
    partyId: id,
    rowVersion: z.number().int(),
    basics: partyBasics,
    custom: customInput.optional(),
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: changed,
  refusals: partyRefusals,
})

export const changeRoles = command({
  name: 'parties.changeRoles',
  path: '/api/parties/:partyId/change-roles',
  summary: 'Sets which roles the party has from a day on: client, debtor and so on.',
  permission: 'parties.change',
  input: z.object({
    partyId: id,
    rowVersion: z.number().int(),
    roles: z.array(z.enum(partyRoles)).min(1).max(7),
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: changed,
  refusals: partyRefusals,
})

const row = z.object({
  id,
  partyNo: z.string(),
  legalName: z.string(),
  legalNameKana: z.string().nullable(),
  tradeName: z.string().nullable(),
  partyKind: z.enum(partyKinds),
  corporateNumber: z.string().nullable(),
  roles: z.array(z.enum(partyRoles)),
  stage: z.enum(partyStages),
  status: z.enum(partyStatuses),
  pref: z.string().nullable(),
  city: z.string().nullable(),
  owner: z.object({ id, name: z.string() }),
  registeredAt: z.string(),
  /** How many records are treated as this one company; 1 where nothing was merged. */
  recordCount: z.number().int(),
  /** How much of what an active party needs is there, in whole percent, and how many items its own stage lacks. */
  completePercent: z.number().int(),
  missingCount: z.number().int(),
  /** Values of the custom fields shown in lists or exported, in words, by key; none of sensitive ones. */
  custom: z.record(z.string(), z.string()),
  /** The company's own status and tags. */
  marks: z.array(shownMark),
})
export type PartyRow = z.infer<typeof row>

export const listParties = query({
  name: 'parties.listParties',
  path: '/api/parties',
  summary:
    'Companies, newest first, by filters, one row each however many records they have; a contractor sees assigned ones only.',
  permission: 'parties.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    role: z.enum(partyRoles).optional(),
    stage: listOf(z.enum(partyStages)),
    status: listOf(z.enum(partyStatuses)),
    pref: z.string().max(10).optional(),
    mine: z.stringbool().default(false),
    /** Only parties which lack something their stage requires. */
    incomplete: z.stringbool().default(false),
    /** Conditions on custom fields: `c1:o2` a choice, colleague or beginning of a text; `c2:2026-01-01..2026-12-31` a range, open at either end. */
    custom: listOf(z.string().max(300)),
    /** Companies with one of these statuses or tags. */
    mark: listOf(id),
  }),
  output: pageOf(row),
})

export const searchParties = query({
  name: 'parties.searchParties',
  path: '/api/parties/search',
  summary:
    'Finds companies under every spelling, also those of merged records: width, kana, old characters, legal form anywhere, numbers, phone, address; old names, numbers, phones and addresses too.',
  permission: 'parties.read',
  sight: 'search',
  input: z.object({
    text: z.string().trim().min(1).max(150),
    role: z.enum(partyRoles).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.object({
    rows: z.array(
      row.extend({
        matchedBy: z.enum([
          'number',
          'phone',
          'name',
          'reading',
          'english',
          'place',
          'old_name',
          'old_number',
          'old_phone',
          'old_place',
          'custom',
          'branch',
          'code',
        ]),
        matchedText: z.string(),
      }),
    ),
  }),
})

const missingItem = z.object({
  key: z.string(),
  label: z.string(),
  from: z.enum(partyStages),
  kind: z.enum(['field', 'person', 'own']),
})

const party = row.extend({
  completeness: z.object({
    required: z.number().int(),
    filled: z.number().int(),
    percent: z.number().int(),
    missingNow: z.array(missingItem),
    missingLater: z.array(missingItem),
  }),
  rowVersion: z.number().int(),
  /** When everything about it was destroyed after its retention; null while it lives. */
  disposedAt: z.string().nullable(),
  seenNo: z.number().int(),
  legalForm: z.string(),
  legalFormPosition: z.enum(['prefix', 'suffix', 'none']),
  legalNameEn: z.string().nullable(),
  invoiceRegNo: z.string().nullable(),
  industryCode: z.string().nullable(),
  businessSummary: z.string().nullable(),
  establishedOn: z.string().nullable(),
  capitalYen: z.number().nullable(),
  employees: z.number().nullable(),
  annualSalesYen: z.number().nullable(),
  fiscalYearEnd: z.string().nullable(),
  postalCode: z.string().nullable(),
  address: z.string().nullable(),
  addressParts: z.object({
    pref: z.string().nullable(),
    city: z.string().nullable(),
    town: z.string().nullable(),
    block: z.string().nullable(),
    building: z.string().nullable(),
  }),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  emailDomain: z.string().nullable(),
  correspondencePostalCode: z.string().nullable(),
  correspondenceAddress: z.string().nullable(),
  fax: z.string().nullable(),
  employeesAsOf: z.string().nullable(),
  establishedPrecision: z.enum(['day', 'month', 'year']).nullable(),
  listing: z.enum(['listed', 'subsidiary_of_listed', 'unlisted', 'public']).nullable(),
  listingMarket: z.string().nullable(),
  securitiesCode: z.string().nullable(),
  moneyLenderRegNo: z.string().nullable(),
  ownerStaffId: id,
  industryRev: z.string().nullable(),
  /** 会社法人等番号: derived from the corporate number of a registered company. */
  companyRegisterNo: z.string().nullable(),
  customValues: z.array(customValue),
  /** Set when this is the party as it was on a day; `registered`: whether its record existed then. */
  past: z.object({ asOf: isoDate, known: z.enum(['then', 'now']), registered: z.boolean() }).nullable(),
  names: z.array(
    z.object({
      kind: z.enum(['legal', 'trade', 'english']),
      name: z.string(),
      kana: z.string().nullable(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
      /** The record the name stands in, where several are one company. */
      partyNo: z.string().nullable(),
    }),
  ),
  /** The records treated as this company, the one that stands for it first; one where nothing was merged. */
  records: z.array(
    z.object({
      id,
      partyNo: z.string(),
      legalName: z.string(),
      roles: z.array(z.enum(partyRoles)),
      status: z.enum(partyStatuses),
      /** Labels of the items whose value comes from this record instead of the first. */
      shows: z.array(z.string()),
      /** The record that was asked for. */
      opened: z.boolean(),
    }),
  ),
})
export type Party = z.infer<typeof party>

export const openParty = query({
  name: 'parties.openParty',
  path: '/api/parties/:partyId',
  summary:
    'One company with its basic items and all its names. Any record of a merged company answers with the company: the id is that of the record which stands for it. `own=true` answers with the record itself; `asOf` with the company as it was on that day, by what was known then or, with `known=now`, by what is known now.',
  permission: 'parties.read',
  sight: 'open',
  input: z.object({
    partyId: id,
    own: z.stringbool().default(false),
    asOf: isoDate.optional(),
    known: z.enum(['then', 'now']).default('then'),
  }),
  output: party,
  refusals: { past_day_must_have_come: '基準日は今日までの日付で入力してください。' },
})

export const readAddress = query({
  name: 'parties.readAddress',
  path: '/api/addresses/read',
  summary:
    'How an address is split, which places a postal code stands for, and whether the two agree; offline.',
  permission: 'parties.read',
  sight: null,
  input: z.object({
    address: z.string().trim().max(300).optional(),
    postalCode: z.string().trim().max(20).optional(),
  }),
  output: z.object({
    parts: z
      .object({
        pref: z.string().nullable(),
        city: z.string().nullable(),
        town: z.string().nullable(),
        block: z.string().nullable(),
        building: z.string().nullable(),
        cityKnown: z.boolean(),
        townKnown: z.boolean(),
      })
      .nullable(),
    sentences: z.array(z.string()),
    places: z.array(z.object({ prefecture: z.string(), city: z.string(), town: z.string() })),
    agreement: z.enum(['agrees', 'other_town', 'other_city', 'unknown_code']).nullable(),
  }),
})

export const findOwners = query({
  name: 'parties.findOwners',
  path: '/api/parties/owners',
  summary: 'People of our own who may be in charge of a party, by name.',
  permission: 'parties.read',
  sight: null,
  input: z.object({ text: z.string().trim().max(50).optional() }),
  output: z.object({ rows: z.array(z.object({ id, name: z.string() })) }),
})
