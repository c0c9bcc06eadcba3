import { z } from 'zod'
import './validation.ts'

/**
 * One route as a plain value: the server registers it, the web calls it, and the API description is printed from it.
 * `input` holds path, query and body fields in one object; which of them stand in the path is read off `path`.
 */
export interface Contract<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  kind: 'command' | 'query'
  /** slice.verb, as in `parties.registerParty`: the name of the command in the trail and of the operation in the API. */
  name: string
  method: 'GET' | 'POST'
  path: string
  /** One English sentence for the API description. */
  summary: string
  /** The permission that is needed; `signed-in` for what everybody signed in may do; `public` for the few open routes. */
  permission: string
  input: I
  output: O
  /** Refusal code → the sentence people read (Japanese). Codes every route shares are in `commonRefusals`. */
  refusals: Readonly<Record<string, string>>
  /** `always` or `sometimes`: waits for a second person and answers 202 with the change request. */
  critical?: 'always' | 'sometimes'
  /** What kind of sight the answer is; null for answers which show no record. Commands show none. */
  sight: 'open' | 'list' | 'search' | 'export' | 'download' | 'unmask' | null
  /** Largest body in bytes, where files travel in it; 2 MiB otherwise. */
  bodyLimit?: number
}

type QuerySpec<I extends z.ZodObject, O extends z.ZodType> = Omit<
  Contract<I, O>,
  'kind' | 'method' | 'refusals' | 'critical'
> & {
  refusals?: Readonly<Record<string, string>>
  /** POST where the question does not fit into an address. */
  method?: 'GET' | 'POST'
}

export type QueryContract<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> = Contract<
  I,
  O
> & { kind: 'query' }
export type CommandContract<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> = Contract<
  I,
  O
> & {
  kind: 'command'
}

export function query<I extends z.ZodObject, O extends z.ZodType>(
  spec: QuerySpec<I, O>,
): QueryContract<I, O> {
  return { refusals: {}, method: 'GET', ...spec, kind: 'query' }
}

export function command<I extends z.ZodObject, O extends z.ZodType>(
  spec: Omit<Contract<I, O>, 'kind' | 'method' | 'sight'>,
): CommandContract<I, O> {
  return { ...spec, kind: 'command', method: 'POST', sight: null }
}

/** Refusals which any route may give. */
export const commonRefusals: Readonly<Record<string, string>> = {
  sign_in_must_be_done: 'ログインしてください。',
  permission_must_be_held: 'この操作を行う権限がありません。',
  day_must_lie_in_the_span: '日付がこの操作で指定できる期間の外です。',
  date_must_not_be_in_the_future: '将来の日付は入力できません。',
  input_must_have_the_right_shape: '入力内容に誤りがあります。',
  record_must_exist: '対象の記録が見つかりません。',
  record_must_not_be_disposed_of: 'この記録は廃棄済みのため、追加も変更もできません。',
  record_must_be_unchanged: '他の人が先に変更しました。最新の内容を読み込んでからやり直してください。',
  idempotency_key_must_be_fresh:
    '同じ受付番号で異なる内容が送信されました。画面を読み込み直してやり直してください。',
  reason_must_be_given: '変更理由を5文字以上で入力してください。',
  evidence_must_be_attached: 'この変更には裏付け資料の添付が必要です。',
  evidence_must_be_a_document:
    '裏付け資料に選ばれた書類が見つかりません。登録済みの書類から選び直すか、ファイルを追加してください。',
  request_must_come_from_this_site: '別のサイトからの送信は受け付けません。',
  requests_must_not_be_too_many: '短時間に操作が集中しました。少し待ってからやり直してください。',
  second_factor_must_be_set_up: '二段階認証の設定が必要です。',
}

/** The rule behind a refusal as people read it, without the facts of the case; its code where no sentence is known. */
export function ruleSentence(contract: Pick<Contract, 'refusals'> | null, code: string): string {
  return contract?.refusals[code] ?? commonRefusals[code] ?? code
}

export const id = z.uuid()
const dayBetween = (first: string, last: string) =>
  z.iso
    .date()
    .refine(
      day => day >= first && day <= last,
      `日付は${Number(first.slice(0, 4))}年から${last.slice(0, 4)}年までの範囲で入力してください。`,
    )
/** A day on which business is done, a paper was written or a living person was born; a slip of the finger in the year falls outside. */
export const isoDate = dayBetween('1900-01-01', '2199-12-31')
/** A day since which something may have stood: the oldest firms count from 578, the program reckons with years from 1000. */
export const historicDay = dayBetween('1000-01-01', '2999-12-31')
export const yen = z.number().int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000)
/** Yen of one claim, limit, price or payment: at most a trillion (1兆円), so that sums over a whole book stay exact. */
export const dealYen = yen.max(1_000_000_000_000)
export const ppm = z.number().int().min(0).max(1_000_000_000)

/** A repeated query parameter: none, one or many. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(value => (Array.isArray(value) ? value : [value]), z.array(item).max(200)).prefault([])
}

/** Keyset paging: `after` is the opaque mark of the last row seen; a page never holds more than 200 rows. */
export const pageInput = {
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable() })
}

/** Why a critical or evidence-bound change is made; part of the input of every such command (data dictionary, group 12). */
export const changeReason = z.object({
  reasonCode: z.enum(['registry_change', 'customer_request', 'correction', 'merge', 'review', 'system']),
  reasonText: z.string().trim().min(5).max(2000),
  evidence: z.array(id).max(50).default([]),
})
export type ChangeReason = z.infer<typeof changeReason>

/** Answer of a command that now waits for a second person. */
export const pendingAnswer = z.object({ pending: z.literal(true), changeRequestId: id, changeNo: z.string() })
export type PendingAnswer = z.infer<typeof pendingAnswer>

/** RFC 9457 problem: all reasons at once, each at its field. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  reasons: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      field: z.string().optional(),
      facts: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})
export type Problem = z.infer<typeof problem>

/** The names in `path` that start with a colon. */
export function pathFields(path: string): string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map(match => match[1]!)
}
