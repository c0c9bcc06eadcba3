import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { a4Sheet, factTable, sectionTitle, sheetTable } from '../../platform/pdf.ts'
import { staffNames } from '../access/index.ts'
import type { FileStore } from '../documents/index.ts'
import { retentionBases } from '../policy/labels.ts'
import { ruleLabel, subjectKindLabels } from './labels.ts'
import type { Subject } from './subject.ts'
import type { DisposalScope } from './tables.ts'

export interface Executed {
  id: Id
  disposalNo: string
  subject: Subject
  retentionClass: string
  dueOn: string
  checkedAt: string
  proposedBy: Id
  approvedBy: Id
  reason: string
  changeNo: string
  executedAt: string
  rows: number
  keysDestroyed: number
  scope: DisposalScope
}

/**
 * Writes the 廃棄証明書 as a paper of its own, under a key of its own, filed with the disposal and the record: numbers, counts, days and who
 * decided; nothing of what was destroyed stands in it.
 */
export async function certify(context: CommandContext, store: FileStore, done: Executed): Promise<Id> {
  const { tx, now, today, actor } = context
  const content = await sheetOf(context, done)
  const stored = await store.write(tx, done.id, content)
  const id = newId()
  const title = `廃棄証明書 ${done.disposalNo}`
  await tx
    .insertInto('document')
    .values({
      id,
      doc_kind: 'certificate',
      title,
      data_subject_id: done.id,
      transaction_date: today,
      amount_yen: null,
      counterparty: null,
      expires_on: null,
      confidentiality: 'normal',
      received_via: 'made_here',
      received_on: today,
      registered_by: actor.id,
      registered_at: now.toISOString(),
    })
    .execute()
  await tx
    .insertInto('document_version')
    .values({
      id: newId(),
      document_id: id,
      version_no: 1,
      file_name: `${title.replace(' ', '_')}.pdf`,
      original_file_name: `${title.replace(' ', '_')}.pdf`,
      mime: 'application/pdf',
      size_bytes: content.length,
      content_hash: stored.contentHash,
      stored_path: stored.storedPath,
      reason: null,
      added_by: actor.id,
      added_at: now.toISOString(),
    })
    .execute()
  await tx
    .insertInto('document_link')
    .values([
      { document_id: id, object_kind: 'disposal', object_id: done.id },
      { document_id: id, object_kind: done.subject.kind, object_id: done.subject.id },
    ])
    .execute()
  return id
}

const clock = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'medium',
  timeStyle: 'short',
})

async function sheetOf({ tx, now }: CommandContext, done: Executed): Promise<Buffer> {
  const company = await tx
    .selectFrom('company_version')
    .select('legal_name')
    .orderBy('recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const names = await staffNames(tx, [done.proposedBy, done.approvedBy])
  const { scope } = done
  return a4Sheet({
    title: '廃棄証明書',
    detail: `${done.disposalNo}　${clock.format(new Date(done.executedAt))} 実行　${clock.format(now)} ファイルの削除を確認`,
    foot: company?.legal_name ?? '',
    content: [
      factTable([
        ['対象', `${subjectKindLabels[done.subject.kind]}　${done.subject.number}`],
        ['会社', company?.legal_name ?? ''],
        ['保存区分', ruleLabel(done.retentionClass)],
        ['根拠', retentionBases[done.retentionClass] ?? ''],
        ['保存期間の最終日', done.dueOn],
        ['保全（リーガルホールド）の確認', `${clock.format(new Date(done.checkedAt))}　対象の書類に保全なし`],
        ['申請', names.get(done.proposedBy) ?? ''],
        ['承認', names.get(done.approvedBy) ?? ''],
        ['申請番号', done.changeNo],
        ['理由', done.reason],
      ]),
      sectionTitle('廃棄したもの'),
      sheetTable(
        ['種類', '件数'],
        [
          ['顧客・取引先の記録', String(scope.parties.length)],
          ['関係者', String(scope.people.length)],
          ['書類', String(scope.documents.length)],
          ['保管ファイル（全ての版）', String(scope.files)],
          ['破棄した暗号鍵', String(done.keysDestroyed)],
          ['内容を消去した行', String(done.rows)],
          ['値を取り除いた監査記録', String(scope.events)],
        ],
        ['*', 80],
      ),
      sectionTitle('廃棄した記録の番号'),
      { text: [...scope.parties, ...scope.people, ...scope.documents].join('、') || 'なし' },
      sectionTitle('残るもの'),
      {
        text: '記録の番号、取引の番号・日付・金額（帳簿として）、監査記録のうち「だれが・いつ・どの記録に・何をしたか」、この証明書。氏名・名称・住所・連絡先・番号・自由記述・ファイルの内容は残っていません。古いバックアップは世代の入れ替えで消えます。',
      },
    ],
  })
}
