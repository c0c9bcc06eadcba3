import { z } from 'zod'
import { command, historicDay, id, isoDate, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { registerSources } from './tables.ts'

export const registerRefusals = {
  address_must_be_an_address: '接続先は https:// で始まるアドレスです。',
  key_must_be_given: '有効にするには、アプリケーションIDまたはトークンを入力してください。',
  file_must_be_readable:
    'ファイルを読み取れません。公表サイトからダウンロードしたままのファイルを指定してください。',
  file_must_hold_entries:
    '読み取れる行が1行もありません。法人番号公表サイトの全件または差分ファイルを指定してください。',
} as const

const notAsked = z.enum([
  'switched_off',
  'no_key',
  'host_not_allowed',
  'no_number',
  'nothing_loaded',
  'unreachable',
  'too_many',
  'refused',
  'unreadable',
])

/** A corporation as registered: what registration may fill in by itself. */
export const registeredCompany = z.object({
  corporateNumber: z.string(),
  name: z.string(),
  kana: z.string().nullable(),
  nameEn: z.string().nullable(),
  address: z.string().nullable(),
  postalCode: z.string().nullable(),
  kind: z.string(),
  process: z.string(),
  updatedOn: isoDate,
  closedOn: isoDate.nullable(),
  closeCause: z.string().nullable(),
  successor: z.string().nullable(),
  /** The printed name has a character outside the set: enter the true form by hand. */
  nameHasImage: z.boolean(),
  from: z.enum(['reference', 'web']),
})
export type RegisteredCompany = z.infer<typeof registeredCompany>

const asked = z.object({
  source: z.enum([...registerSources, 'reference']),
  state: z.enum(['answered', 'not_asked']),
  why: notAsked.nullable(),
  /** Until when the local file knows; null for a live answer. */
  asOf: isoDate.nullable(),
})
export type AskedSource = z.infer<typeof asked>

export const lookUp = query({
  name: 'registers.lookUp',
  path: '/api/registers/look-up',
  summary:
    'Looks a company up by corporate number or name: the local reference first, then the public interfaces which are switched on. Says what was not asked, and why.',
  permission: 'registers.lookUp',
  sight: null,
  input: z.object({
    number: z.string().trim().max(40).optional(),
    name: z.string().trim().max(150).optional(),
    /** The day on which an invoice issuer must be qualified; today when left out. */
    onDay: isoDate.optional(),
  }),
  output: z.object({
    companies: z.array(registeredCompany),
    invoice: z
      .object({
        registeredNumber: z.string(),
        state: z.enum(['qualified', 'not_yet', 'expired', 'cancelled', 'not_registered']),
        day: isoDate,
        registeredOn: historicDay.nullable(),
        name: z.string().nullable(),
      })
      .nullable(),
    gbiz: z
      .object({
        representativeName: z.string().nullable(),
        capitalYen: z.number().nullable(),
        employees: z.number().nullable(),
        establishedOn: historicDay.nullable(),
        website: z.string().nullable(),
        businessSummary: z.string().nullable(),
        updatedOn: isoDate.nullable(),
      })
      .nullable(),
    asked: z.array(asked),
  }),
})

export const loadRegister = command({
  name: 'registers.loadRegister',
  path: '/api/registers/loads',
  summary:
    'Reads a published file of corporate numbers (全件 or 差分, CSV or ZIP) into the local reference, whole or not at all.',
  permission: 'registers.load',
  bodyLimit: 64 * 1024 * 1024,
  input: z.object({
    fileName: z.string().trim().min(1).max(300),
    contentBase64: z.base64().max(60 * 1024 * 1024),
  }),
  output: z.object({
    id,
    rows: z.number(),
    added: z.number(),
    changed: z.number(),
    past: z.number(),
    problems: z.number(),
  }),
  refusals: registerRefusals,
})

export const listLoads = query({
  name: 'registers.listLoads',
  path: '/api/registers/loads',
  summary: 'Files of corporate numbers which were loaded, newest first.',
  permission: 'registers.lookUp',
  sight: 'list',
  input: z.object(pageInput),
  output: pageOf(
    z.object({
      id,
      fileName: z.string(),
      rows: z.number(),
      added: z.number(),
      changed: z.number(),
      past: z.number(),
      problems: z.number(),
      problemRows: z.array(z.object({ line: z.number(), column: z.string(), message: z.string() })),
      newestUpdateOn: isoDate.nullable(),
      loadedAt: z.string(),
      loadedBy: z.string(),
      compared: z.boolean(),
    }),
  ),
})

export const registerSettings = query({
  name: 'registers.settings',
  path: '/api/registers/settings',
  summary: 'Which public registers are asked over the network; keys show their last characters only.',
  permission: 'registers.configure',
  sight: null,
  input: z.object({}),
  output: z.object({
    allowedHosts: z.array(z.string()),
    sources: z.array(
      z.object({
        source: z.enum(registerSources),
        enabled: z.boolean(),
        baseUrl: z.string(),
        keyLast: z.string().nullable(),
        hostAllowed: z.boolean(),
        rowVersion: z.number().int(),
        changedAt: z.string().nullable(),
      }),
    ),
  }),
})

export const changeRegisterSetting = command({
  name: 'registers.changeSetting',
  path: '/api/registers/settings/:source',
  summary: 'Switches a public register on or off, or replaces its key.',
  permission: 'registers.configure',
  input: z.object({
    source: z.enum(registerSources),
    rowVersion: z.number().int(),
    enabled: z.boolean(),
    baseUrl: z.string().trim().max(300),
    /** Left out: the key stays. */
    key: z.string().trim().min(4).max(300).optional(),
  }),
  output: z.object({ rowVersion: z.number().int() }),
  refusals: registerRefusals,
})
