import { z } from 'zod'
import { changeReason, command, id, listOf, pageInput, pageOf, query } from '../../platform/http/contract.ts'
import { communicationRefusals } from '../communications/contract.ts'
import { channels } from '../communications/tables.ts'
import { letterChannels, letterKinds, mailStates, versionStates } from './tables.ts'

export const letterRefusals = {
  ...communicationRefusals,
  template_code_must_be_free: 'このコードは既に使われています。',
  placeholder_must_be_known: '差し込みの項目に誤りがあります。',
  words_must_differ: '使用中の文面と同じです。',
  template_must_be_in_use: 'この文面は使用を終えています。',
  words_must_be_a_draft: '承認を申請できるのは、下書きの文面だけです。',
  writer_must_not_approve_the_words: '文面を書いた人は承認できません。',
  words_must_be_in_force: '承認された文面がありません。文面の承認を受けてから送ってください。',
  person_must_be_chosen: 'この文面には担当者名が入ります。相手の担当者を選んでください。',
  claims_must_be_chosen: 'この文面には債権の明細が入ります。対象の債権を選んでください。',
  claims_must_be_of_the_party: '選ばれた債権は、この会社のものでないか、未回収額がありません。',
  mail_must_go_by_the_email_channel: 'メールで送れるのは、手段が「メール」の書状だけです。',
  addressee_must_have_a_mail_address:
    '相手の担当者のメールアドレスが登録されていません。担当者を選び、アドレスを登録してください。',
  letter_must_go_by_post: '印刷して発送できるのは、手段が「郵便」の書状だけです。',
  letter_must_have_an_address: '宛先の住所が登録されていないため、窓付き封筒用に印刷できません。',
  letter_words_must_be_kept: '本文が廃棄されているため、印刷・送信できません。',
  mail_must_have_failed: 'もう一度送れるのは、送信に失敗したか、止められたメールだけです。',
  preview_must_be_current:
    'プレビューの後に内容が変わりました。もう一度プレビューを確かめてから送ってください。',
} as const

const base = { refusals: letterRefusals } as const
const words = {
  subject: z.string().trim().min(1).max(200),
  body: z.string().trim().min(1).max(10_000),
  note: z.string().trim().min(2).max(500),
}

export const newTemplate = command({
  name: 'letters.newTemplate',
  path: '/api/letter-templates',
  summary: 'Begins the words of a kind of letter; nothing goes out under them until two people approved.',
  permission: 'letters.write',
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^[A-Z0-9-]{2,20}$/, 'コードは英大文字・数字・ハイフンで2〜20文字です。'),
    name: z.string().trim().min(1).max(100),
    kind: z.enum(letterKinds),
    ...words,
  }),
  output: z.object({ id, versionId: id }),
  ...base,
})

export const writeWords = command({
  name: 'letters.writeWords',
  path: '/api/letter-templates/:templateId/words',
  summary: 'Writes the next version of the words, or over its draft; the version in force stays until then.',
  permission: 'letters.write',
  input: z.object({ templateId: id, rowVersion: z.number().int().min(1), ...words }),
  output: z.object({ id, versionId: id }),
  ...base,
})

export const activateWords = command({
  name: 'letters.activateWords',
  path: '/api/letter-versions/:versionId/activate',
  summary: 'Puts the drafted words in force; a second person who did not write them approves.',
  permission: 'letters.write',
  critical: 'always',
  input: z.object({ versionId: id, rowVersion: z.number().int().min(1), change: changeReason }),
  output: z.object({ id }),
  ...base,
})

export const retireTemplate = command({
  name: 'letters.retireTemplate',
  path: '/api/letter-templates/:templateId/retire',
  summary: 'Ends the use of the words at once; letters sent stay as they are.',
  permission: 'letters.write',
  input: z.object({
    templateId: id,
    rowVersion: z.number().int().min(1),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ id }),
  ...base,
})

const letter = {
  partyId: id,
  templateId: id,
  personId: id.nullish(),
  channel: z.enum(letterChannels),
}

const recipient = z.object({
  partyName: z.string(),
  personName: z.string().nullable(),
  postalCode: z.string().nullable(),
  address: z.string().nullable(),
  mailTo: z.string().nullable(),
})

export const previewLetter = query({
  name: 'letters.previewLetter',
  path: '/api/parties/:partyId/letter-preview',
  summary:
    'A letter as it would go out now, with its mark, what is still to be chosen, and the rules about contacting people it would break.',
  permission: 'letters.send',
  sight: 'open',
  input: z.object({ ...letter, personId: id.optional(), receivableId: listOf(id) }),
  output: z.object({
    subject: z.string(),
    body: z.string(),
    version: z.number().int(),
    approvedBy: z.string(),
    previewHash: z.string(),
    /** What stands in the window of the envelope, and where a mail would go; part of what the mark is over. */
    recipient,
    /** Why the program cannot mail it itself; null where it can. */
    mailHindrance: z.string().nullable(),
    hindrances: z.array(z.string()),
  }),
  ...base,
})

export const sendLetter = command({
  name: 'letters.sendLetter',
  path: '/api/parties/:partyId/letters',
  summary:
    'Sends a letter as it was previewed, under approved words: by mail through the queue, or by hand, then to be printed; refused where a rule forbids the contact.',
  permission: 'letters.send',
  input: z.object({
    ...letter,
    receivableIds: z.array(id).max(100).default([]),
    /** `mail`: the program mails it. `by_hand`: it is printed, or went out by other means. */
    deliver: z.enum(['by_hand', 'mail']).default('by_hand'),
    previewHash: z.string().min(10).max(200),
  }),
  output: z.object({ id, letterNo: z.string(), communicationId: id }),
  ...base,
})

const version = z.object({
  id,
  rowVersion: z.number().int(),
  version: z.number().int(),
  state: z.enum(versionStates),
  subject: z.string(),
  body: z.string(),
  note: z.string(),
  writtenBy: z.string(),
  writtenAt: z.string(),
  approvedBy: z.string().nullable(),
  activatedAt: z.string().nullable(),
})

export const listTemplates = query({
  name: 'letters.listTemplates',
  path: '/api/letter-templates',
  summary: 'The words of letters with all their versions.',
  permission: 'letters.read',
  sight: 'list',
  input: z.object({ retired: z.stringbool().default(false) }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        rowVersion: z.number().int(),
        code: z.string(),
        name: z.string(),
        kind: z.enum(letterKinds),
        retired: z.boolean(),
        versions: z.array(version),
      }),
    ),
  }),
})
export type TemplateShown = z.output<(typeof listTemplates)['output']>['rows'][number]

export const listLetters = query({
  name: 'letters.listLetters',
  path: '/api/letters',
  summary:
    'Letters, newest first, with the words they were written in, who approved those, and whether they were printed or mailed.',
  permission: 'letters.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    partyId: id.optional(),
    /** Those by post that nobody printed; printed ones; mails by their state. */
    dispatch: z.enum(['to_print', 'printed', ...mailStates]).optional(),
  }),
  output: pageOf(
    z.object({
      id,
      letterNo: z.string(),
      communicationId: id,
      party: z.object({ id, name: z.string() }),
      template: z.object({ id, code: z.string(), name: z.string(), version: z.number().int() }),
      approvedBy: z.string(),
      previewHash: z.string(),
      sentBy: z.string(),
      sentAt: z.string(),
      channel: z.enum(channels),
      /** The last print. */
      print: z
        .object({ batchId: id, batchNo: z.string(), printedBy: z.string(), printedAt: z.string() })
        .nullable(),
      mail: z
        .object({
          state: z.enum(mailStates),
          tries: z.number().int(),
          /** A code, or the rule that forbids it, in words. */
          fault: z.string().nullable(),
          nextTryAt: z.string().nullable(),
          mailedAt: z.string().nullable(),
          messageId: z.string(),
        })
        .nullable(),
    }),
  ),
})
export type LetterRow = z.output<(typeof listLetters)['output']>['rows'][number]

export const printLetter = query({
  name: 'letters.printLetter',
  path: '/api/letters/:letterId/letter.pdf',
  summary: 'A copy of a letter for the files, as an A4 sheet; it is no print for sending.',
  permission: 'letters.read',
  sight: 'export',
  input: z.object({ letterId: id }),
  output: z.unknown(),
  ...base,
})

export const printLetters = command({
  name: 'letters.printLetters',
  path: '/api/letter-prints',
  summary:
    'Notes that letters are printed for sending, in the order given; the file of the print is fetched by its id.',
  permission: 'letters.send',
  input: z.object({ letterIds: z.array(id).min(1).max(100) }),
  output: z.object({ id, batchNo: z.string() }),
  ...base,
})

export const openPrint = query({
  name: 'letters.openPrint',
  path: '/api/letter-prints/:batchId/letters.pdf',
  summary:
    'The letters of a print for window envelopes, A4, with a list of what is packed in front of several.',
  permission: 'letters.send',
  sight: 'export',
  input: z.object({ batchId: id }),
  output: z.unknown(),
  ...base,
})

export const mailAgain = command({
  name: 'letters.mailAgain',
  path: '/api/letters/:letterId/mail-again',
  summary: 'Puts a mail that failed or was stopped into the queue again.',
  permission: 'letters.send',
  input: z.object({ letterId: id }),
  output: z.object({ id }),
  ...base,
})
