/** What a file really is, by its first bytes: names and types that the sender claims are not believed. */
export interface FileKind {
  mime: string
  extensions: readonly string[]
  /** Safe to show in the browser (in a sandbox); everything else is only downloaded. */
  inline: boolean
}

/** `magic` is matched against the first bytes in hexadecimal. */
const KINDS: readonly (FileKind & { magic: RegExp })[] = [
  { mime: 'application/pdf', extensions: ['.pdf'], inline: true, magic: /^255044462d/ },
  { mime: 'image/png', extensions: ['.png'], inline: true, magic: /^89504e470d0a1a0a/ },
  { mime: 'image/jpeg', extensions: ['.jpg', '.jpeg'], inline: true, magic: /^ffd8ff/ },
  {
    mime: 'image/heic',
    extensions: ['.heic', '.heif'],
    inline: false,
    magic: /^.{8}66747970(?:68656963|68656978|6d696631|6d736631)/,
  },
  { mime: 'image/tiff', extensions: ['.tif', '.tiff'], inline: false, magic: /^(?:49492a00|4d4d002a)/ },
  {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['.xlsx'],
    inline: false,
    magic: /^504b0304/,
  },
  {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['.docx'],
    inline: false,
    magic: /^504b0304/,
  },
]

const TEXT_KINDS: readonly FileKind[] = [
  { mime: 'text/csv', extensions: ['.csv'], inline: false },
  { mime: 'text/plain', extensions: ['.txt'], inline: false },
  { mime: 'application/xml', extensions: ['.xml'], inline: false },
  { mime: 'message/rfc822', extensions: ['.eml'], inline: false },
]

export type FileVerdict = { ok: true; kind: FileKind } | { ok: false; code: string; message: string }

const EICAR = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'
const ACCEPTED = [...KINDS, ...TEXT_KINDS].flatMap(kind => kind.extensions).join(' ')

/** The kind of an uploaded file, or why it is refused, with the remedy in Japanese. */
export function judgeFile(name: string, content: Buffer): FileVerdict {
  const extension = (/\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? '').toLowerCase()
  if (content.length === 0) return refuse('file_must_not_be_empty', `「${name}」は空のファイルです。`)
  const head = content.toString('latin1', 0, 4096)
  const hex = content.toString('hex', 0, 16)
  if (content.subarray(0, 65_536).toString('latin1').includes(EICAR))
    return refuse(
      'file_must_be_harmless',
      `「${name}」はウイルス検査用の危険なファイルと判定されました。保存しません。`,
    )
  const magic = KINDS.find(kind => kind.magic.test(hex) && kind.extensions.includes(extension))
  if (magic) return { ok: true, kind: magic }
  if (/^(?:4d5a|7f454c46|2321|cafebabe)/.test(hex))
    return refuse('file_must_be_harmless', `「${name}」は実行ファイルのため保存できません。`)
  const text = TEXT_KINDS.find(kind => kind.extensions.includes(extension))
  if (text && !content.subarray(0, 65_536).includes(0)) {
    if (/<(?:!doctype html|html|svg|script)[\s>]/i.test(head))
      return refuse(
        'file_must_be_harmless',
        `「${name}」にはスクリプトを含みうる内容（HTML・SVG）があります。PDFか画像で添付してください。`,
      )
    return { ok: true, kind: text }
  }
  const known = KINDS.find(kind => kind.extensions.includes(extension))
  if (known)
    return refuse(
      'file_content_must_match_its_name',
      `「${name}」の中身が拡張子 ${extension} と一致しません。元のファイルを確認してください。`,
    )
  return refuse(
    'file_kind_must_be_accepted',
    `「${name}」の形式（${extension || '拡張子なし'}）は保存できません。次の形式にしてください：${ACCEPTED}`,
  )
}

function refuse(code: string, message: string): FileVerdict {
  return { ok: false, code, message }
}

const LONGEST_NAME = 120

/**
 * The default name of a stored document (JR §5.1): YYYYMMDD_counterparty_amount_kind_serial.ext, at most 120 characters. A long
 * counterparty is cut, so that date, amount, kind and serial always stand in it.
 */
export function standardFileName(parts: {
  transactionDate: string | null
  counterparty: string | null
  amountYen: number | null
  kindLabel: string
  serial: number
  extension: string
}): string {
  const [date, amount, kind, serial] = [
    parts.transactionDate?.replaceAll('-', '') ?? '日付なし',
    parts.amountYen === null ? '金額なし' : String(parts.amountYen),
    parts.kindLabel,
    String(parts.serial).padStart(3, '0'),
  ].map(plain) as [string, string, string, string]
  const rest = `__${amount}_${kind}_${serial}${parts.extension}`
  const room = LONGEST_NAME - [...date].length - [...rest].length
  const counterparty = [...plain(parts.counterparty ?? '取引先なし')].slice(0, room).join('')
  return `${date}_${counterparty}_${amount}_${kind}_${serial}${parts.extension}`
}

const plain = (word: string) => word.normalize('NFC').replace(/[\\/:*?"<>|\p{Cc}]/gu, '')

export function extensionOf(name: string): string {
  return /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0]?.toLowerCase() ?? ''
}
