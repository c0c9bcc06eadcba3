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
