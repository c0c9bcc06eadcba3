import { expect, it } from 'vitest'
import { practiceConfig, readConfig } from './config.ts'

const live = {
  DAICHO_DATA: '/srv/daicho',
  DATABASE_URL: 'postgres://owner@db.example/daicho',
  DAICHO_URL: 'https://daicho.example',
  SMTP_URL: 'smtp://mail.example',
  DAICHO_OUTBOUND_HOSTS: 'api.example',
}

it('a company to practise in keeps its own folder and reaches neither the live database nor anybody outside', () => {
  const config = practiceConfig(readConfig(live, 'demo'), live)
  expect(config).toMatchObject({
    practice: true,
    mode: 'demo',
    dataDir: '/srv/daicho-practice',
    filesDir: '/srv/daicho-practice/files',
    anchorsFile: '/srv/daicho-practice/anchors.log',
    databaseUrl: null,
    databaseOwnerUrl: null,
    publicUrl: null,
    smtpUrl: null,
    outboundHosts: [],
    port: 3100,
  })
  expect(readConfig(live, 'demo').practice).toBe(false)
})

it('the folder to practise in may be chosen, but not be the live one', () => {
  const elsewhere = { ...live, DAICHO_PRACTICE_DATA: '/srv/lessons', PORT: '4100' }
  expect(practiceConfig(readConfig(elsewhere, 'demo'), elsewhere)).toMatchObject({
    dataDir: '/srv/lessons',
    port: 4100,
  })
  const same = { ...live, DAICHO_PRACTICE_DATA: '/srv/daicho' }
  expect(() => practiceConfig(readConfig(same, 'demo'), same)).toThrow('DAICHO_PRACTICE_DATA')
})

it('an address of a database that cannot be read is refused without being repeated; one of a socket can carry a login', () => {
  for (const address of [
    'daicho',
    'mysql://a:secret@db/daicho',
    'postgres://a:sec/ret@db/daicho',
    'postgres://a:sec%zzret@db/daicho',
    'postgres://a:secret@db',
  ]) {
    const refusal = refusalOf({ DATABASE_URL: address })
    expect(refusal, address).toContain('DATABASE_URL must be an address such as postgres://')
    expect(refusal, address).not.toContain('sec')
  }
  expect(readConfig({ DATABASE_URL: 'postgres:///daicho?host=/run/postgresql' }, 'demo').databaseUrl).toBe(
    'postgres://localhost/daicho?host=/run/postgresql',
  )
})

function refusalOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env, 'demo')
  } catch (error) {
    return String(error)
  }
  throw new Error('nothing was refused')
}
