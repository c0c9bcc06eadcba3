import { z } from 'zod'
import { command, id, isoDate } from '../../platform/http/contract.ts'

export const registrationRefusals = {
  notice_must_be_a_registration: 'この記録は債権譲渡登記の申請ではありません。',
  notice_must_be_open: 'この登記申請は、却下・取下げの記録があります。',
  record_must_be_unchanged: '他の人が先に変更しました。最新の内容を読み込んでからやり直してください。',
  registration_must_follow_its_filing: '登記の日時が、申請した日より前です。',
  registration_must_end_later: '存続期間の満了日は、登記の日より後にしてください。',
  registration_must_end_within_50_years: '存続期間は登記の日から50年までです（動産債権譲渡特例法8条3項）。',
  claim_type_must_be_checked:
    '債権の種類コードが、債権の法的性質（売買代金か、請負・役務の報酬かなど）と合うことを確かめてください。誤ると登記の効力が失われることがあります。',
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
    natureChecked: z.boolean(),
    /** The certificate. */
    documentIds: z.array(id).length(1),
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: registrationRefusals,
})
