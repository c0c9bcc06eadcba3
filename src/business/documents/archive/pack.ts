import { createHash } from 'node:crypto'
import { found, Refusal } from '../../../platform/commands/refusal.ts'
import type { QueryContext } from '../../../platform/http/route.ts'
import type { ArchiveFile, ArchiveHeld, ListArchive, ListConditions } from '../../../platform/list-export.ts'
import type { Services } from '../../../platform/slice.ts'
import { companyRecords } from '../../audit/index.ts'
import { csvOf, safeText } from '../../lists/index.ts'
import { listDocuments } from '../contract.ts'
import { extensionOf, standardFileName } from '../file-kinds.ts'
import { FileStore } from '../file-store.ts'
import { docKindLabels } from '../labels.ts'
import { isClosedTo } from '../quarantined.ts'
import { conditioned, seenThrough } from '../queries.ts'
import type { DocumentRecord } from '../records.ts'
import { visibleClasses } from '../visible-classes.ts'
import { historyOf, historyTitles } from './history.ts'
import { indexColumns, type Packed } from './index-columns.ts'

const PAGE = 200

/** The conditions as the search of papers takes them; struck papers are part of what is asked for unless only they are. */
async function asked(context: QueryContext, conditions: ListConditions) {
  const { shape } = listDocuments.input
  const known = Object.fromEntries(Object.entries(conditions).filter(([name]) => name in shape))
  const parsed = listDocuments.input.safeParse(known)
  if (!parsed.success) throw new Refusal('invalid', [{ code: 'input_must_fit', field: 'filters' }])
  const { data } = parsed
  const company = data.recordId ? await companyRecords(context.db, data.recordId) : null
  return (classes: Parameters<typeof conditioned>[3]) => {
    const query = conditioned(context, data, company, classes)
    return data.struck ? query.where('d.struck_at', 'is not', null) : query
  }
}

async function countOf(context: QueryContext, conditions: ListConditions): Promise<number> {
  const row = await (await asked(context, conditions))(visibleClasses(context))
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/**
 * Papers this person may not see and which the conditions find all the same. What compliance keeps to itself is counted for nobody: that
 * it exists is what must not show (犯収法8条3項).
 */
async function hiddenOf(context: QueryContext, conditions: ListConditions): Promise<number> {
  const visible = visibleClasses(context)
  const hidden = (['personal', 'special'] as const).filter(one => !visible.includes(one))
  if (hidden.length === 0) return 0
  const row = await (await asked(context, conditions))(hidden)
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

async function* pack(
  { config, keys, reading }: Pick<Services, 'config' | 'keys' | 'reading'>,
  context: QueryContext,
  { conditions, columns }: { conditions: ListConditions; columns: readonly string[] },
): AsyncGenerator<ArchiveFile, ArchiveHeld> {
  const store = new FileStore(config.filesDir, keys)
  const chosen = columns.map(key =>
    found(
      indexColumns.find(one => one.key === key),
      'column',
    ),
  )
  const find = await asked(context, conditions)
  const named = new Names()
  const seen = new Set<number>()
  const index: (string | number | null)[][] = []
  const history: (string | null)[][] = []
  let after: string | null = null
  for (;;) {
    let query = find(visibleClasses(context)).selectAll('d').orderBy('d.id').limit(PAGE)
    if (after !== null) query = query.where('d.id', '>', after)
    const page: DocumentRecord[] = await query.execute()
    if (page.length === 0) break
    for (const document of page) {
      const packed = await read(store, context, document, named)
      index.push(chosen.map(column => column.value(packed.entry)))
      history.push(...(await historyOf(reading, context, document)))
      seen.add(document.seen_no)
      if (packed.entry.fileName !== null)
        yield { name: packed.entry.fileName, content: packed.content, rowsDone: index.length }
    }
    for (const no of await seenThrough(
      context,
      page.map(document => document.id),
    ))
      seen.add(no)
    after = page.at(-1)!.id
  }
  const note = noteOf(await hiddenOf(context, conditions))
  const rowsDone = index.length
  yield {
    name: '索引.csv',
    content: csvOf(
      chosen.map(column => column.title),
      index.map(cells => cells.map(safe)),
    ),
    rowsDone,
  }
  yield {
    name: '訂正・抹消の履歴.csv',
    content: csvOf(
      historyTitles,
      history.map(cells => cells.map(safe)),
    ),
    rowsDone,
  }
  yield {
    name: '索引の注記.txt',
    content: Buffer.from(
      `\ufeff${[
        `書類 ${rowsDone.toLocaleString('ja-JP')}件（抹消した書類を含む）`,
        note,
        '「索引.csv」のSHA-256は、同じ行のファイルの内容から計算した値です。',
        '訂正・削除の前の値は「訂正・抹消の履歴.csv」にあります。',
      ].join('\r\n')}\r\n`,
    ),
    rowsDone,
  }
  return { rows: rowsDone, seen: [...seen], note }
}

const noteOf = (hidden: number) =>
  `権限により除いた書類 ${hidden.toLocaleString('ja-JP')}件（コンプライアンス限りの書類は数えていません）`

const safe = (cell: string | number | null) => (typeof cell === 'string' ? safeText(cell) : cell)

/** The newest version of a paper under the name the rule gives it; names that would be alike are told apart by their serial. */
async function read(
  store: FileStore,
  { db, actor }: QueryContext,
  document: DocumentRecord,
  named: Names,
): Promise<{ entry: Packed; content: Buffer }> {
  const version = await db
    .selectFrom('document_version')
    .selectAll()
    .where('document_id', '=', document.id)
    .where('version_no', '=', document.newest_version)
    .executeTakeFirst()
  // A paper taken over from an old system without its file; one in which an individual number was found.
  if (!version || isClosedTo(actor, document, version.version_no))
    return {
      entry: {
        document,
        version: {
          versionNo: document.newest_version,
          originalFileName: version?.original_file_name ?? '',
          sizeBytes: version?.size_bytes ?? 0,
        },
        fileName: null,
        sha256: null,
      },
      content: Buffer.alloc(0),
    }
  const content = await store
    .read(db, { storedPath: version.stored_path, contentHash: version.content_hash })
    .catch(() => {
      throw new Refusal('conflict', [
        {
          code: 'stored_file_must_be_whole',
          message: `書類 ${document.doc_no} のファイルが失われたか、保存した時の内容と一致しません。バックアップから復元してから、やり直してください。`,
        },
      ])
    })
  const parts = {
    transactionDate: document.transaction_date,
    counterparty: document.counterparty,
    amountYen: document.amount_yen,
    kindLabel: docKindLabels[document.doc_kind],
    extension: extensionOf(version.original_file_name),
  }
  return {
    entry: {
      document,
      version: {
        versionNo: version.version_no,
        originalFileName: version.original_file_name,
        sizeBytes: version.size_bytes,
      },
      fileName: content && named.next(parts),
      sha256: content && createHash('sha256').update(content).digest('hex'),
    },
    content: content ?? Buffer.alloc(0),
  }
}

type NameParts = Parameters<typeof standardFileName>[0]

/** Gives each paper its name by the rule; names that would be alike are told apart by their serial. */
class Names {
  readonly #given = new Set<string>()
  readonly #serials = new Map<string, number>()

  next(parts: Omit<NameParts, 'serial'>): string {
    const alike = JSON.stringify(parts)
    for (let serial = (this.#serials.get(alike) ?? 0) + 1; ; serial++) {
      const name = standardFileName({ ...parts, serial })
      // Two names that differ by case only are one file to Windows.
      if (this.#given.has(name.toLowerCase())) continue
      this.#given.add(name.toLowerCase())
      this.#serials.set(alike, serial)
      return name
    }
  }
}

/** ダウンロードの求め (JR §5.1): everything the search finds, as it was received, with an index and the history of corrections. */
export const papersArchive: ListArchive = {
  permission: 'documents.download',
  columns: indexColumns.map(({ key, title }) => ({ key, title })),
  count: countOf,
  pack,
}
