import { changeCompany } from '../../business/access/commands/company.ts'
import { type CompanySettings, companySettings } from '../../business/access/contract.ts'
import { setupCompany } from '../../business/access/setup.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { TEST_NOW, type World } from './world.ts'

/** A company with its settings as the program proposes them, and an administrator who may change them. */
export async function setUpTestCompany(world: World): Promise<Actor> {
  await setupCompany(world.db, TEST_NOW, {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス' },
    staff: [1, 2].map(which => ({
      displayName: `管理 ${which}`,
      email: `administrator-${which}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  return world.person('管理 三', 'administrator')
}

/** Asks for other settings; answers 200 where they hold at once, 202 where a second administrator decides. */
export async function changeSettings(world: World, administrator: Actor, part: Partial<CompanySettings>) {
  const { version, settings } = await world.ask(administrator, companySettings, {})
  return world.run(administrator, changeCompany, {
    version,
    settings: { ...settings, ...part },
    change: { reasonCode: 'review', reasonText: '社内規程の見直しのため', evidence: [] },
  })
}
