import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One row of the tax agency's file: 30 columns, no headings, every field quoted (JR §1.3). */
export function publishedRow(
  given: {
    number: string
    name: string
    kana?: string
    pref?: string
    city?: string
    street?: string
    postCode?: string
    process?: string
    updatedOn?: string
    closedOn?: string
    closeCause?: string
    successor?: string
    latest?: '0' | '1'
  },
  sequence = 1,
): string {
  const cells = [
    String(sequence),
    given.number,
    given.process ?? '01',
    '0',
    given.updatedOn ?? '2026-10-01',
    '2026-09-28',
    given.name,
    '',
    '301',
    given.pref ?? '東京都',
    given.city ?? '千代田区',
    given.street ?? '丸の内１丁目１番１号',
    '',
    '13',
    '101',
    given.postCode ?? '1000005',
    '',
    '',
    given.closedOn ?? '',
    given.closeCause ?? '',
    given.successor ?? '',
    '',
    '2015-10-05',
    given.latest ?? '1',
    '',
    '',
    '',
    '',
    given.kana ?? '',
    '0',
  ]
  return cells.map(cell => `"${cell}"`).join(',')
}

export interface Stub {
  /** host:port, for the allow-list. */
  host: string
  baseUrl: string
  /** Addresses that were asked, with the token header where one came. */
  asked: { path: string; token: string | undefined }[]
  /** What the next requests to a path beginning so are answered with. */
  answer(path: string, status: number, body: string): void
  close(): Promise<void>
}

/** The public registers on this machine, following their published layouts. */
export async function startStub(): Promise<Stub> {
  const answers: { path: string; status: number; body: string }[] = []
  const asked: Stub['asked'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, token: request.headers['x-hojininfo-api-token'] as string | undefined })
    const found = answers.findLast(one => path.startsWith(one.path))
    response.writeHead(found?.status ?? 404, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(found?.body ?? '')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    answer: (path, status, body) => void answers.push({ path, status, body }),
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
