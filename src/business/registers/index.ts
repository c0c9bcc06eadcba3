import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { listLoads, lookUp, registerSettings } from './contract.ts'
import { lookUpCompany } from './look-up.ts'
import { loads } from './queries.ts'
import { readSettings } from './settings.ts'

/** 公的登記: 法人番号, 適格請求書発行事業者, gBizINFO — a local reference from published files, and look-ups where switched on. */
export const registers: Slice = {
  name: 'registers',
  permissions: [
    {
      code: 'registers.lookUp',
      label: '公的登記を照会する',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'registers.load',
      label: '法人番号の公表ファイルを読み込む',
      roles: ['operations', 'compliance'],
    },
    { code: 'registers.configure', label: '公的登記の照会を設定する', roles: ['administrator'] },
  ],
  commands,
  routes: ({ keys, config }) => [
    answerQuery(lookUp, async ({ db, today }, { number, name, onDay }) => ({
      body: await lookUpCompany(
        { db, keys, allowedHosts: config.outboundHosts },
        { number, name, day: onDay ?? today },
      ),
      seen: [],
    })),
    answerQuery(listLoads, loads),
    answerQuery(registerSettings, async ({ db }) => ({
      body: {
        allowedHosts: [...config.outboundHosts],
        sources: await readSettings(db, config.outboundHosts),
      },
      seen: [],
    })),
    ...commands.map(runCommand),
  ],
}

export { load as loadRegisterCommand } from './commands.ts'
export { type LoadCounts, loadRegisterFile } from './load-register.ts'
export { lookUpCompany, type Registers, registeredStates } from './look-up.ts'
export { UnreadableFile } from './read-published.ts'
export { addressLine, type CorporateEntry } from './rules/corporate-entry.ts'
