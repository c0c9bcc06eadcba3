import { expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { refuseKnownPasswordsOutside, refuseOpenPlainHttp } from './reachable.ts'

const config = (env: NodeJS.ProcessEnv) => readConfig({ DAICHO_DATA: '/srv/daicho', ...env }, 'demo')
const tls = { TLS_CERT_FILE: '/srv/cert.pem', TLS_KEY_FILE: '/srv/key.pem' }
const proxied = { DAICHO_URL: 'https://daicho.example.co.jp', DAICHO_TRUSTED_PROXIES: '127.0.0.1' }

it('refuses plain HTTP to other machines, and a proxy without the https address people come by', () => {
  for (const env of [{}, { HOST: 'localhost' }, { HOST: '0.0.0.0', ...tls }, proxied])
    expect(() => refuseOpenPlainHttp(config(env))).not.toThrow()
  expect(() => refuseOpenPlainHttp(config({ HOST: '0.0.0.0' }))).toThrow('TLS_CERT_FILE')
  for (const url of [{}, { DAICHO_URL: 'http://daicho.example.co.jp' }])
    expect(() => refuseOpenPlainHttp(config({ DAICHO_TRUSTED_PROXIES: '127.0.0.1', ...url }))).toThrow(
      'DAICHO_URL',
    )
})

it('keeps the known passwords of the demo on this machine, unless somebody opens it', () => {
  for (const env of [{}, { HOST: '::1' }, { DAICHO_URL: 'http://localhost:3000' }])
    expect(() => refuseKnownPasswordsOutside(config(env))).not.toThrow()
  const open: [NodeJS.ProcessEnv, string][] = [
    [{ HOST: '0.0.0.0', ...tls }, 'HOST is 0.0.0.0'],
    [proxied, 'DAICHO_URL is https://daicho.example.co.jp, DAICHO_TRUSTED_PROXIES is set'],
  ]
  for (const [env, what] of open) {
    expect(() => refuseKnownPasswordsOutside(config(env))).toThrow(what)
    expect(() => refuseKnownPasswordsOutside(config({ ...env, DAICHO_DEMO_OPEN: 'on' }))).not.toThrow()
  }
  expect(() => config({ DAICHO_DEMO_OPEN: 'yes' })).toThrow('DAICHO_DEMO_OPEN must be on or off')
})

it('refuses an address of ours that is none', () => {
  for (const url of ['daicho.example.co.jp', 'ftp://daicho.example.co.jp', 'https://'])
    expect(() => config({ DAICHO_URL: url })).toThrow('DAICHO_URL must be')
})
