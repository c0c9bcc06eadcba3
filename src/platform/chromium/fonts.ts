import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheFolder, inPath, installDebianPackages, run } from './run.ts'

export interface JapaneseFonts {
  /** What a browser needs in its environment to see the font. */
  env: Record<string, string>
  how: string
}

const FONT_FILES = /(cjk|ipag|ipaex|takao|vlgothic|bizud|notosansjp|sourcehansans|meiryo|yugoth|hiragino)/i

/** Makes sure screens show Japanese instead of boxes: the system's fonts, Debian's (as root), else the font of the documents. */
export async function ensureJapaneseFonts(log: (line: string) => void): Promise<JapaneseFonts> {
  const system = await systemFont()
  if (system) return { env: {}, how: system }
  await installDebianPackages(['fonts-noto-cjk'], log)
  const installed = await systemFont()
  if (installed) return { env: {}, how: `${installed}, just installed` }
  return packagedFont(cacheFolder())
}

async function systemFont(): Promise<string | null> {
  // Both systems bring Japanese fonts of their own.
  if (process.platform === 'win32' || process.platform === 'darwin') return 'the system font'
  if (inPath(['fc-list'])) {
    const { ok, output } = await run('fc-list', [':lang=ja', 'family'])
    return ok && output ? output.split('\n')[0]! : null
  }
  for (const folder of ['/usr/share/fonts', '/usr/local/share/fonts'].filter(path => existsSync(path))) {
    const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(name =>
      FONT_FILES.test(name),
    )
    if (file) return join(folder, file)
  }
  return null
}

const PACKAGE = '@expo-google-fonts/biz-udpgothic'

/** Points the browser at the font the product's own documents use, by a fontconfig file of ours; the system stays as it is. */
export function packagedFont(cache: string): JapaneseFonts {
  const root = packageFolder()
  const conf = join(cache, 'fonts.conf')
  mkdirSync(cache, { recursive: true })
  writeFileSync(`${conf}.${process.pid}`, fontsConf(root, join(cache, 'fontconfig')))
  renameSync(`${conf}.${process.pid}`, conf)
  return { env: { FONTCONFIG_FILE: conf }, how: `BIZ UDPGothic from ${PACKAGE}` }
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`))
  } catch (error) {
    throw new Error(
      `no Japanese font: neither the system nor ${PACKAGE} has one. Remedy: install fonts-noto-cjk.`,
      { cause: error },
    )
  }
}

function fontsConf(fonts: string, cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${escapeXml(fonts)}</dir>
  <cachedir>${escapeXml(cache)}</cachedir>
  <alias><family>sans-serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
  <alias><family>serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
</fontconfig>
`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
