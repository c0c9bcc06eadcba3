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

export interface PlainMail {
  to: string
  name: string
  subject: string
  text: string
  /** `<id@host>`, where the sender keeps it; else the server's library makes one. */
  messageId?: string
}
export type SendMail = (mail: PlainMail) => Promise<void>

/** Sends mails through the configured mail server; null when none is configured. */
export function mailSender({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): SendMail | null {
  if (!smtpUrl) return null
  const transport = createTransport({ url: smtpUrl, ...PATIENCE })
  return async ({ to, name, ...mail }) => {
    const talk = transport.sendMail({ from: mailFrom, to: { name, address: to }, ...mail })
    await within(talk, LONGEST_TALK_MS)
  }
}

/** Sends invitations; null when no mail server is configured. */
export function inviteSender(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): SendInvite | null {
  const send = mailSender(config)
  return (
    send && (mail => send({ to: mail.to, name: mail.name, subject: subjectOf(mail), text: textOf(mail) }))
  )
}

/** What became of a mail: null when it was taken, else what went wrong, for the log. The server's own sentence may repeat whose address it was. */
export async function mailFault(sending: Promise<void>): Promise<string | null> {
  try {
    await sending
    return null
  } catch (error) {
    const part = (name: string) =>
      error instanceof Error && name in error ? Reflect.get(error, name) : undefined
    const said = [part('code'), part('responseCode')].filter(value => value !== undefined)
    return said.length > 0 ? said.join(' ').slice(0, 60) : 'unknown'
  }
}

/** What comes of the sending, or that it is not waited for any more. */
export async function unlessStopped<T>(sending: Promise<T>, stopped: AbortSignal): Promise<T | 'stopped'> {
  let stop = (): void => {}
  const halted = new Promise<'stopped'>(resolve => {
    stop = () => resolve('stopped')
    stopped.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([sending, halted])
  } finally {
    stopped.removeEventListener('abort', stop)
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
