import type { LetterKind, MailState, VersionState } from './tables.ts'

export const letterKindLabels: Record<LetterKind, string> = {
  reminder: '支払の案内・督促',
  formal_demand: '催告',
  notice: '通知',
  greeting: '挨拶・お礼',
  other: 'その他',
}

export const versionStateLabels: Record<VersionState, string> = {
  draft: '下書き',
  in_force: '使用中',
  past: '旧版',
}

export const mailStateLabels: Record<MailState, string> = {
  waiting: '送信待ち',
  sent: '送信済み',
  failed: '送信失敗',
  stopped: '送信中止',
}

export const eventLabels: Record<string, string> = {
  letter_template_created: '書状の文面を作成',
  letter_template_written: '書状の文面を改訂',
  letter_template_activated: '書状の文面を承認・使用開始',
  letter_template_retired: '書状の文面の使用を終了',
  letter_sent: '書状を送付',
  letters_printed: '書状を印刷',
  letter_mailed: '書状をメールで送信',
  letter_mail_failed: '書状のメール送信に失敗',
  letter_mail_stopped: '書状のメール送信を規則により中止',
  letter_mail_queued: '書状のメールをもう一度送信待ちに登録',
}
