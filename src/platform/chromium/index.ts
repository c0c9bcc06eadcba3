/**
 * A browser and Japanese fonts for the browser tests, found or installed without asking.
 *
 *   const browser = await prepareBrowser(console.log)
 *   await chromium.launch({ executablePath: browser.path, env: browser.env })      // playwright-core
 */
import { findBrowser } from './browser.ts'
import { ensureJapaneseFonts } from './fonts.ts'

export { type Browser, findBrowser } from './browser.ts'
export { ensureJapaneseFonts, type JapaneseFonts } from './fonts.ts'

export interface PreparedBrowser {
  path: string
  /** The whole environment for the browser's process. */
  env: Record<string, string>
}

/** Finds both, or throws saying what to install. `log` hears where each came from. */
export async function prepareBrowser(log: (line: string) => void): Promise<PreparedBrowser> {
  const browser = await findBrowser(log)
  const fonts = await ensureJapaneseFonts(log)
  log(`browser: ${browser.how}; Japanese font: ${fonts.how}`)
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return { path: browser.path, env: { ...Object.fromEntries(inherited), ...browser.env, ...fonts.env } }
}
