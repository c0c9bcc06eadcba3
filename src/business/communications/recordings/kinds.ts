import { type FileVerdict, judgeFile } from '../../documents/index.ts'
import type { RecordingKind } from '../tables.ts'

/** `magic` is matched against the first bytes in hexadecimal: names and types that the sender claims are not believed. */
const SOUNDS = [
  { mime: 'audio/mpeg', extensions: ['.mp3'], magic: /^(?:494433|fff[ab23])/ },
  { mime: 'audio/wav', extensions: ['.wav'], magic: /^52494646.{8}57415645/ },
  { mime: 'audio/mp4', extensions: ['.m4a'], magic: /^.{8}66747970/ },
  { mime: 'audio/ogg', extensions: ['.ogg'], magic: /^4f676753/ },
] as const
const WRITTEN = ['text/plain', 'application/pdf']

const soundEndings = SOUNDS.flatMap(sound => sound.extensions).join(' ')

/** Whether a file is the sound, or the written words, it is said to be. */
export function judgeRecording(kind: RecordingKind, name: string, content: Buffer): FileVerdict {
  return kind === 'recording' ? judgeSound(name, content) : judgeTranscript(name, content)
}

function judgeSound(name: string, content: Buffer): FileVerdict {
  if (content.length === 0)
    return { ok: false, code: 'file_must_not_be_empty', message: `「${name}」は空のファイルです。` }
  const extension = (/\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? '').toLowerCase()
  const sound = SOUNDS.find(one => (one.extensions as readonly string[]).includes(extension))
  if (!sound)
    return {
      ok: false,
      code: 'recording_must_be_sound',
      message: `「${name}」は録音のファイルではありません。次の形式にしてください：${soundEndings}`,
    }
  if (!sound.magic.test(content.toString('hex', 0, 16)))
    return {
      ok: false,
      code: 'file_content_must_match_its_name',
      message: `「${name}」の中身が拡張子 ${extension} と一致しません。元のファイルを確認してください。`,
    }
  return { ok: true, kind: { mime: sound.mime, extensions: sound.extensions, inline: true } }
}

function judgeTranscript(name: string, content: Buffer): FileVerdict {
  const verdict = judgeFile(name, content)
  if (!verdict.ok || WRITTEN.includes(verdict.kind.mime)) return verdict
  return {
    ok: false,
    code: 'transcript_must_be_text',
    message: `「${name}」は文字起こしの形式ではありません。.txt か .pdf にしてください。`,
  }
}

/** Whether an upload may stand as such a file. */
export const fits = (kind: RecordingKind, mime: string) =>
  kind === 'recording' ? mime.startsWith('audio/') : WRITTEN.includes(mime)
