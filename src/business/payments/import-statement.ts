import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { accountKey, type FormatProblem, readStatement, type Statement } from '../bankformats/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { type ImportResult, importStatement, LARGEST_STATEMENT_BYTES } from './contract.ts'
import { linesToKeep, type NewLine } from './new-lines.ts'
import './tables.ts'

const ROWS_AT_ONCE = 500

/** Takes a statement file: all of it or nothing, each line once; deposits are booked to 仮受金 until a claim takes them. */
export const importFile = defineCommand(importStatement, {
  constraints: { bank_line_kept_once: 'record_must_be_unchanged' },
  async run(context, input) {
    const bytes = Buffer.from(input.contentBase64, 'base64')
    refuseUnless(bytes.length <= LARGEST_STATEMENT_BYTES, 'statement_must_not_be_too_large', {
      kind: 'invalid',
      field: 'contentBase64',
    })
    // One import at a time, so that two files with the same line cannot both call it new.
    await sql`select pg_advisory_xact_lock(hashtext('payments.importStatement'))`.execute(context.tx)
    const contentHash = context.keys.keyedHash(
      'statement-file',
      createHash('sha256').update(bytes).digest('hex'),
    )
    const again = await uploadedBefore(context, contentHash)
    if (again) return again
    const statements = readOrRefuse(bytes, input, context.today)
    const accounts = await Promise.all(
      statements.map(statement => accountOf(context, statement, input.accountId ?? null)),
    )
    const fileId = newId()
    const sorted = await linesToKeep(
      context,
      fileId,
      statements.map((statement, at) => ({ statement, accountId: accounts[at]! })),
    )
    const total = statements.reduce((sum, { lines }) => sum + lines.length, 0)
    const booked = sorted.lines.filter(line => line.deposit && line.twinOf === null)
    const twins = sorted.lines.filter(line => line.deposit && line.twinOf !== null)
    const file = await context.tx
      .insertInto('statement_file')
      .values({
        id: fileId,
        file_name: input.fileName,
        format: statements[0]!.header.format,
        sealed_bytes: await context.keys.sealBytes(context.tx, fileId, bytes),
        content_hash: contentHash,
        size_bytes: bytes.length,
        from_on: statements.map(one => one.header.from).sort()[0]!,
        to_on: statements
          .map(one => one.header.to)
          .sort()
          .at(-1)!,
        lines_total: total,
        lines_new: sorted.lines.length,
        lines_known: total - sorted.lines.length,
        deposits_new: booked.length,
        deposits_yen: booked.reduce((sum, line) => sum + line.row.amount_yen, 0),
        twins: twins.length,
        notices: JSON.stringify(statements.flatMap(one => one.notices.map(sayProblem))),
        imported_by: context.actor.id,
        imported_at: context.now.toISOString(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    for (let at = 0; at < sorted.lines.length; at += ROWS_AT_ONCE)
      await context.tx
        .insertInto('bank_line')
        .values(sorted.lines.slice(at, at + ROWS_AT_ONCE).map(line => line.row))
        .execute()
    await bookDeposits(context, sorted.lines)
    const takenBack = await takeBack(context, sorted.takenBack)
    const result = resultOf(file, false, takenBack)
    await context.record({
      verb: 'statement_imported',
      subjects: [{ kind: 'statement_file', id: fileId }],
      after: {
        linesTotal: result.linesTotal,
        linesNew: result.linesNew,
        linesKnown: result.linesKnown,
        depositsYen: result.depositsYen,
      },
      facts: {
        summary: `${file.file_no}　新規${result.linesNew}件・取込済${result.linesKnown}件`,
        twins: twins.length,
        takenBack,
      },
    })
    return result
  },
})

function readOrRefuse(
  bytes: Buffer,
  input: z.output<typeof importStatement.input>,
  today: string,
): Statement[] {
  const reading = readStatement(bytes, {
    fileName: input.fileName,
    today,
    twoDigitYears: input.twoDigitYears,
  })
  if (reading.ok) return reading.statements
  throw new Refusal(
    'invalid',
    reading.problems.map(problem => ({
      code: 'statement_must_be_readable',
      field: 'contentBase64',
      message: sayProblem(problem),
      facts: {
        rule: problem.code,
        record: problem.record,
        line: problem.line,
        column: problem.column,
        field: problem.field,
        remedy: problem.remedy,
      },
    })),
  )
}

/** Where it is, what is wrong, what to do: one line a person can act on. */
export function sayProblem({ record, line, column, field, message, remedy }: FormatProblem): string {
  const place = [
    ...(record === undefined ? [] : [`レコード${record}`]),
    ...(line === undefined ? [] : [`${line}行目`]),
    ...(column === undefined ? [] : [record === undefined ? `${column}列目` : `${column}バイト目`]),
    field,
  ]
  return `［${place.join('・')}］${message}${remedy}`
}

async function uploadedBefore(context: CommandContext, contentHash: string): Promise<ImportResult | null> {
  const earlier = await context.tx
    .selectFrom('statement_file')
    .selectAll()
    .where('content_hash', '=', contentHash)
    .executeTakeFirst()
  if (!earlier) return null
  await context.record({
    verb: 'statement_uploaded_again',
    subjects: [{ kind: 'statement_file', id: earlier.id }],
    facts: { summary: `${earlier.file_no}　取込済みのため何も記帳していません` },
  })
  return {
    ...resultOf(earlier, true, 0),
    linesNew: 0,
    linesKnown: earlier.lines_total,
    depositsNew: 0,
    depositsYen: 0,
    twins: 0,
  }
}

function resultOf(
  file: {
    id: Id
    file_no: string
    lines_total: number
    lines_new: number
    lines_known: number
    deposits_new: number
    deposits_yen: number
    twins: number
    notices: string[]
  },
  alreadyImported: boolean,
  takenBack: number,
): ImportResult {
  return {
    fileId: file.id,
    fileNo: file.file_no,
    alreadyImported,
    linesTotal: file.lines_total,
    linesNew: file.lines_new,
    linesKnown: file.lines_known,
    depositsNew: file.deposits_new,
    depositsYen: file.deposits_yen,
    twins: file.twins,
    takenBack,
    notices: file.notices,
  }
}

/** Our account the statement is of: as the file says, else as chosen; never guessed. */
async function accountOf(
  { tx, keys }: CommandContext,
  { header }: Statement,
  chosen: Id | null,
): Promise<Id> {
  const key = accountKey(header)
  if (key === null)
    refuseUnless(chosen !== null, 'statement_account_must_be_chosen', { kind: 'invalid', field: 'accountId' })
  const ours = tx
    .selectFrom('bank_account')
    .select(['id', 'account_hash'])
    .where('valid_to', 'is', null)
    .where(eb => eb.or([eb('party_id', 'is', null), eb('usage', 'in', ['collection', 'virtual'])]))
    .orderBy('recorded_at')
  const hash = key && keys.keyedHash('bank-account', key)
  const row = await (hash
    ? ours.where('account_hash', '=', hash)
    : ours.where('id', '=', chosen)
  ).executeTakeFirst()
  refuseUnless(row !== undefined, 'statement_account_must_be_known', {
    kind: 'invalid',
    field: 'accountId',
    ...(key ? { facts: { account: `${header.bankCode}-${header.branchCode}-●●●●${key.slice(-3)}` } } : {}),
  })
  if (hash && chosen) {
    const other = await tx
      .selectFrom('bank_account')
      .select('account_hash')
      .where('id', '=', chosen)
      .executeTakeFirst()
    refuseUnless(other?.account_hash === hash, 'statement_must_be_of_the_chosen_account', {
      kind: 'invalid',
      field: 'accountId',
    })
  }
  return row.id
}

/** A deposit for each new line of money in; a possible twin is kept, and waits unbooked until a person has looked. */
async function bookDeposits(context: CommandContext, lines: readonly NewLine[]): Promise<void> {
  const { tx, now } = context
  const deposits = lines.filter(line => line.deposit)
  for (let at = 0; at < deposits.length; at += ROWS_AT_ONCE) {
    const some = deposits.slice(at, at + ROWS_AT_ONCE)
    const made = []
    for (const { row, twinOf } of some) {
      const receivedOn = row.value_on ?? row.booked_on
      const journalId =
        twinOf === null
          ? await postJournal(
              context,
              { kind: 'deposit_received', refs: {}, yen: row.amount_yen },
              { valueOn: receivedOn },
            )
          : null
      made.push({
        id: newId(),
        line_id: row.id,
        account_id: row.account_id,
        received_on: receivedOn,
        amount_yen: row.amount_yen,
        state: twinOf === null ? ('matching' as const) : ('received' as const),
        party_id: null,
        held_reason: null,
        refund_to: null,
        journal_id: journalId,
        refund_journal_id: null,
        taken_back_by: null,
        judged_by: null,
        received_at: now.toISOString(),
      })
    }
    if (made.length === 0) continue
    const rows = await tx
      .insertInto('payment_in')
      .values(made)
      .returning(['id', 'payment_no', 'state', 'amount_yen', 'received_on'])
      .execute()
    await context.record(
      ...rows.map(row => ({
        verb: row.state === 'received' ? 'payment_waits_as_twin' : 'payment_received',
        subjects: [{ kind: 'payment_in', id: row.id }],
        after: { amountYen: row.amount_yen, receivedOn: row.received_on, state: row.state },
        facts: { summary: `${row.payment_no}　${row.amount_yen.toLocaleString('ja-JP')}円` },
      })),
    )
  }
}

/** The bank takes deposits back: untouched ones are voided; from touched ones nothing more may be applied until a person undoes. */
async function takeBack(
  context: CommandContext,
  pairs: readonly { lineId: Id; byLineId: Id }[],
): Promise<number> {
  const { tx } = context
  let count = 0
  for (const { lineId, byLineId } of pairs) {
    const payment = await tx
      .selectFrom('payment_in')
      .selectAll()
      .where('line_id', '=', lineId)
      .forUpdate()
      .executeTakeFirst()
    if (!payment || payment.taken_back_by) continue
    const untouched = payment.applied_yen === 0 && payment.refund_yen === 0
    if (untouched && payment.journal_id)
      await reverseJournal(context, payment.journal_id, '銀行による入金の取消')
    await tx
      .updateTable('payment_in')
      .set({
        taken_back_by: byLineId,
        ...(untouched && payment.journal_id ? { state: 'voided' as const } : {}),
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', payment.id)
      .execute()
    await context.record({
      verb: 'payment_taken_back_by_bank',
      subjects: [{ kind: 'payment_in', id: payment.id }],
      before: { state: payment.state },
      after: { state: untouched ? 'voided' : payment.state },
      facts: { summary: payment.payment_no },
    })
    count++
  }
  return count
}
