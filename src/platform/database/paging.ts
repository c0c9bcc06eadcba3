import { Refusal } from '../commands/refusal.ts'

/** The opaque mark of a row for keyset paging: its sort values, base64url JSON. */
export function markOf(values: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** The sort values in a mark; refuses a mark that is not one of ours. */
export function readMark(mark: string, length: number): (string | number | null)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(mark, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length) return values
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Refusal('invalid', [
    { code: 'input_must_have_the_right_shape', field: 'after', message: 'ページの位置が正しくありません。' },
  ])
}
