import pg from 'pg'
import type { TestProject } from 'vitest/node'
import {
  createTestDatabase,
  databaseUrl,
  startThrowawayServer,
} from '../../platform/database/embedded/testing.ts'
import { migrate, migrationsHash } from '../../platform/database/migrate.ts'
import { APP_ROLE, ensureAppRole } from '../../platform/database/roles.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    template: string
    /** The program's login on that server. */
    login: string
  }
}

/** The document of `fileEvidence`. */
export const EVIDENCE = '01900000-0000-7000-8000-0000000e71de'

const TEST_PASSWORD = 'daicho-test-only'

/**
 * One server per run and one migrated template; each test file gets a copy of it. DATABASE_TEST_URL (or DATABASE_URL) names an
 * outside server and an owner who may create databases and roles.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env.DATABASE_TEST_URL ?? process.env.DATABASE_URL
  const server = outside ? { ownerUrl: outside, stop: async () => {} } : await startThrowawayServer()
  const template = `daicho_template_${migrationsHash()}_${process.pid}`
  const login = await ensureAppRole(server.ownerUrl, TEST_PASSWORD, `${APP_ROLE}_test`)
  await query(
    server.ownerUrl,
    `create database ${template} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
  )
  await migrate(databaseUrl(server.ownerUrl, template))
  await fileEvidence(databaseUrl(server.ownerUrl, template))
  project.provide('ownerUrl', server.ownerUrl)
  project.provide('template', template)
  project.provide('login', login)
  return async () => {
    if (outside) await query(server.ownerUrl, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

/** A document every test may name as evidence of a change; it lies there without an event, so that tests count only their own. */
async function fileEvidence(url: string): Promise<void> {
  await query(
    url,
    `alter table document disable trigger change_must_leave_an_event;
    insert into document (id, doc_no, doc_kind, title, data_subject_id, confidentiality, registered_by, registered_at)
      values ('${EVIDENCE}', 'D-TEST', 'other', '裏付け資料', '${EVIDENCE}', 'normal', '${EVIDENCE}', now());
    alter table document enable trigger change_must_leave_an_event;`,
  )
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

export { APP_ROLE, createTestDatabase, TEST_PASSWORD }
