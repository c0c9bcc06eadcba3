import { z } from 'zod'
import { command, id, isoDate, query } from '../../platform/http/contract.ts'
import { claimNatures } from '../access/contract.ts'

export const registrationRefusals = {
  notice_must_be_a_registration: 'この記録は債権譲渡登記の申請ではありません。',
  notice_must_be_open: 'この登記申請は、却下・取下げの記録があります。',
  record_must_be_unchanged: '他の人が先に変更しました。最新の内容を読み込んでからやり直してください。',
  registration_must_follow_its_filing: '登記の日時が、申請した日より前です。',
  registration_must_end_later: '存続期間の満了日は、登記の日より後にしてください。',
  registration_must_end_within_50_years: '存続期間は登記の日から50年までです（動産債権譲渡特例法8条3項）。',
  claim_type_must_be_checked:
    '債権の種類コードが、債権の法的性質（売買代金か、請負・役務の報酬かなど）と合うことを確かめてください。誤ると登記の効力が失われることがあります。',
  claim_type_must_be_listed:
    '債権の種類コードが会社設定の一覧にありません。一覧のコードを選ぶか、会社設定の「債権の種類コード」に加えてください。',
  claim_type_must_suit_the_nature:
    '債権の種類コードが、債権の法的性質と合いません。報酬の債権を「売掛債権」とした登記（その逆も）は、効力が否定されることがあります（東京高判平成13年11月13日）。コードか法的性質を確かめてください。',
  certificate_must_be_a_document: '登記事項証明書を、この利用者の書類から選んでください。',
  correction_must_have_its_reason: '訂正の理由を入力してください。',
  registration_must_differ: '登録されている内容と同じです。',
} as const

/** A registration as a claim's page shows it; null where none was recorded. */
export const registrationShown = z
  .object({
    rowVersion: z.number().int(),
    registrationNo: z.string(),
    registeredAt: z.string(),
    expiresOn: z.string(),
    claimTypeCode: z.string(),
    /** The words the code had in the company's list; null: none. */
    claimTypeLabel: z.string().nullable(),
    /** What somebody found the claim to be; null: registered before it was asked. */
    claimNature: z.enum(claimNatures).nullable(),
    certificateId: id,
  })
  .nullable()

export const recordRegistration = command({
  name: 'receivables.recordRegistration',
  path: '/api/receivable-notices/:noticeId/registration',
  summary:
    'Records that an assignment was registered, with number, time, term, claim type and certificate; it perfects the assignment from then. A correction gives its reason.',
  permission: 'receivables.notify',
  input: z.object({
    noticeId: id,
    /** 0: not registered yet. */
    rowVersion: z.number().int().min(0),
    registrationNo: z.string().trim().min(1).max(30),
    registeredAt: z.iso.datetime({ offset: true }),
    expiresOn: isoDate,
    claimTypeCode: z
      .string()
      .trim()
      .regex(/^[0-9]{4}$/, '債権の種類コードは4桁の数字です。'),
    /** What the claim is by its legal nature, whatever the books call it. */
    claimNature: z.enum(claimNatures),
    natureChecked: z.boolean(),
    /** The certificate. */
    documentIds: z.array(id).length(1),
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: registrationRefusals,
})

export const claimTypesOffered = query({
  name: 'receivables.claimTypes',
  path: '/api/claim-types',
  summary: 'The claim types of the registry which the company uses, with the legal nature of each.',
  permission: 'receivables.read',
  sight: null,
  input: z.object({}),
  output: z.object({
    types: z.array(z.object({ code: z.string(), label: z.string(), nature: z.enum(claimNatures) })),
  }),
})
