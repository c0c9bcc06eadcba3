import { expect, it } from 'vitest'
import { OutageLog } from './outage-log.ts'

it('an outage is said once a minute with place and remedy, and its end once; other errors as they are', () => {
  const said: string[] = []
  let now = 0
  const outage = new OutageLog(
    message => said.push(message),
    'postgres://daicho_app:secret@db.example/daicho',
    () => now,
  )
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  outage.opened()
  for (now = 0; now < 61_000; now += 10_000) outage.log('sealing failed', { error: refused })
  outage.log('importing failed', { error: new Error('a bug') })
  outage.opened()
  outage.opened()
  const gone =
    'the database at db.example:5432/daicho could not be opened (connect ECONNREFUSED). Remedy: start that server, or correct the host and the port. The program goes on by itself once it is back.'
  expect(said).toEqual([gone, gone, 'importing failed', 'the database is back'])
})
