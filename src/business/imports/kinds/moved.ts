import type { RowProblem } from '../tables.ts'

/** Said of a row whose ground has moved between the rehearsal and the run. */
export const MOVED: RowProblem = {
  code: 'row_must_still_stand_as_rehearsed',
  column: null,
  heading: null,
  message: '試し取込の後に登録内容が変わったため、取り込みませんでした。',
  weight: 'error',
}
