import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { TableCopy } from './manifest.ts'

type Columns = Pick<TableCopy, 'schema' | 'name' | 'columns'>

export function quoted({ schema, name }: { schema: string; name: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
}

function columnList(columns: readonly string[]): string {
  return columns.map(column => pg.escapeIdentifier(column)).join(', ')
}

/** Passes bytes on and knows their SHA-256 in the end. */
function hashing(): Transform & { digest(): string } {
  const hash = createHash('sha256')
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return Object.assign(through, { digest: () => hash.digest('hex') })
}

/** Writes the rows of a table as compressed COPY text to the file, which is on disk when this returns. */
export async function copyTableOut(
  client: pg.ClientBase,
  table: Columns,
  path: string,
): Promise<Pick<TableCopy, 'rows' | 'sha256' | 'contentSha256'>> {
  const source = client.query(copyTo(`copy ${quoted(table)} (${columnList(table.columns)}) to stdout`))
  const [content, packed] = [hashing(), hashing()]
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(source, content, createZstdCompress(), packed, file)
  return { rows: source.rowCount ?? 0, sha256: packed.digest(), contentSha256: content.digest() }
}

/** Loads the file into the table and returns how many rows it held. */
export async function copyTableIn(client: pg.ClientBase, table: Columns, path: string): Promise<number> {
  const target = client.query(copyFrom(`copy ${quoted(table)} (${columnList(table.columns)}) from stdin`))
  await pipeline(createReadStream(path), createZstdDecompress(), target)
  return target.rowCount
}

/** SHA-256 of the rows as copyTableOut would write them. */
export async function tableContentSha256(client: pg.ClientBase, table: Columns): Promise<string> {
  const source = client.query(copyTo(`copy ${quoted(table)} (${columnList(table.columns)}) to stdout`))
  const content = hashing()
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  await pipeline(source, content, nowhere)
  return content.digest()
}
