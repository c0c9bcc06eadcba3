import { createTransport } from 'nodemailer'
import type { Config } from '../../platform/config.ts'

export interface InviteMail {
  to: string
  name: string
  companyName: string
  link: string
  expiresAt: string
  purpose: 'first_password' | 'new_password'
}

/** A mail server that does not answer, or says a word now and then, holds the other invitations up no longer than this. */
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 }
const LONGEST_TALK_MS = 60_000

export type SendInvite = (mail: InviteMail) => Promise<void>

/** Sends invitations through the configured mail server; null when none is configured. */
export function inviteSender({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): SendInvite | null {
  if (!smtpUrl) return null
  const transport = createTransport({ url: smtpUrl, ...PATIENCE })
  return async mail => {
    const talk = transport.sendMail({
      from: mailFrom,
      to: { name: mail.name, address: mail.to },
      subject: subjectOf(mail),
      text: textOf(mail),
    })
    await within(talk, LONGEST_TALK_MS)
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const tooLate = Object.assign(new Error('the mail server did not finish'), { code: 'ETIMEDOUT' })
    timer = setTimeout(() => reject(tooLate), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

export function subjectOf({ companyName, purpose }: InviteMail): string {
  return purpose === 'first_password'
    ? `【台帳】${companyName} からの招待`
    : `【台帳】パスワードの再設定（${companyName}）`
}

export function textOf({ name, companyName, link, expiresAt, purpose }: InviteMail): string {
  const until = new Date(expiresAt).toLocaleString('ja-JP', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    timeStyle: 'short',
  })
  const what =
    purpose === 'first_password'
      ? `${companyName} の顧客台帳システム「台帳」に招待されました。\n次のリンクを開いて、パスワードを設定してください。`
      : `${companyName} の「台帳」のパスワードを再設定します。\n次のリンクを開いて、新しいパスワードを設定してください。`
  return `${name} 様\n\n${what}\n\n${link}\n\nリンクの有効期限：${until}（一度だけ使えます）\n心当たりがない場合は、このメールを破棄し、管理者にお知らせください。\n`
}
