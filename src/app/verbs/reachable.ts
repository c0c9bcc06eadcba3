import type { Config } from '../../platform/config.ts'

type Reach = Pick<Config, 'host' | 'tls' | 'trustProxy' | 'publicUrl' | 'demoOpen'>

const LOOPBACK = ['127.0.0.1', '::1', '[::1]', 'localhost']
const GUIDE = 'docs/operating/https-and-proxy.md'

/**
 * Passwords and customers' data do not cross a network in the clear, and behind a proxy the cookie must know that people come by HTTPS.
 * Throws with the remedy.
 */
export function refuseOpenPlainHttp(config: Reach): void {
  if (config.tls) return
  if (config.trustProxy && !config.publicUrl?.startsWith('https://'))
    throw new Error(
      `DAICHO_TRUSTED_PROXIES is set, but DAICHO_URL does not say by which https:// address people come, so that browsers would send the sign-in in the clear. Remedy: set DAICHO_URL (${GUIDE}).`,
    )
  if (LOOPBACK.includes(config.host) || config.trustProxy) return
  throw new Error(
    `HOST is ${config.host}, but there is no certificate. Remedy: set TLS_CERT_FILE and TLS_KEY_FILE, or put a proxy with HTTPS in front and name it in DAICHO_TRUSTED_PROXIES (${GUIDE}).`,
  )
}

/**
 * The demo and the company to practise in let everybody in by a password that is written on their sign-in page: they stay on this
 * machine unless somebody says that all who reach the address may enter. Throws with the remedy; `config` of a real company is not asked.
 */
export function refuseKnownPasswordsOutside(config: Reach): void {
  const outside = [
    ...(LOOPBACK.includes(config.host) ? [] : [`HOST is ${config.host}`]),
    ...(config.publicUrl && !LOOPBACK.includes(new URL(config.publicUrl).hostname)
      ? [`DAICHO_URL is ${config.publicUrl}`]
      : []),
    ...(config.trustProxy ? ['DAICHO_TRUSTED_PROXIES is set'] : []),
  ]
  if (outside.length === 0 || config.demoOpen) return
  throw new Error(
    `${outside.join(', ')}, but no company is set up here: the demo's password is known to everybody, administrators' included. Remedy: for a real company run "npm run -s daicho -- setup" first; to show the demo to all who reach this address set DAICHO_DEMO_OPEN=on; otherwise unset what is named above (${GUIDE}).`,
  )
}
