import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  databaseUrl,
  dropTestDatabase,
  startThrowawayServer,
  type ThrowawayServer,
} from '../embedded/testing.ts'
import {
  backupTo,
  compareDatabases,
  type Manifest,
  type RestoreOptions,
  readManifest,
  restoreFrom,
} from './index.ts'

/** What a company's schema has that is hard to copy: triggers, cycles, generated values, partitions, transaction numbers. */
const SCHEMA = `
  create schema auth;
  create table schema_migration (name text primary key, timestamp text not null);
  create table party (
    id uuid primary key, name text not null, name_length integer generated always as (length(name)) stored,
    head_id uuid, facts jsonb, secret bytea, rate numeric(9, 6), born date, changed_at timestamptz not null);
  create table account (
    no bigint generated always as identity primary key, party_id uuid not null references party (id),
    "holder, 名義" text check ("holder, 名義" <> ''));
  alter table party add constraint party_head foreign key (head_id) references party (id) deferrable initially deferred;
  create table nothing_yet (id integer primary key);
  create table auth.session (token text primary key, minutes interval, tags text[]);
  create table seen (id integer not null, at timestamptz not null, primary key (id, at)) partition by range (at);
  create table seen_rest partition of seen default;
  create table unsealed (id integer primary key, xact xid8 not null default pg_current_xact_id());
  create sequence short_no start 100;
  create materialized view party_count as select count(*) as parties from party;
  create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not without an event'; end $$;
  create trigger guard before insert or update on party for each row execute function refuse();
  create constraint trigger late_guard after insert on account deferrable initially deferred for each row execute function refuse();
  create trigger seen_guard after insert on seen for each row execute function refuse();
  create trigger sleeping before insert on nothing_yet for each row execute function refuse();
  alter table nothing_yet disable trigger sleeping;
  grant select, insert on seen to shop_clerk;
  insert into schema_migration values ('20260101-0000-first', 'then');`

const ROWS = `
  alter table party disable trigger user; alter table account disable trigger user; alter table seen disable trigger user;
  create table seen_202611 partition of seen for values from ('2026-11-01 00:00+09') to ('2026-12-01 00:00+09');
  grant select, insert on seen_202611 to shop_clerk;
  insert into party (id, name, head_id, facts, secret, rate, born, changed_at) values
    ('019a0000-0000-7000-8000-000000000001', E'株式会社\\t髙島\\\\屋\\n𠮷', '019a0000-0000-7000-8000-000000000002', '{"a": [1, 2.50, null]}', '\\x00ff5c0a', 0.123456, '1868-01-25', '2026-11-24 09:00:00.123456+09'),
    ('019a0000-0000-7000-8000-000000000002', '\\N', null, null, '', null, null, '-infinity');
  insert into account (party_id, "holder, 名義") values
    ('019a0000-0000-7000-8000-000000000001', 'カ）タカシマヤ'), ('019a0000-0000-7000-8000-000000000002', null);
  insert into auth.session values ('t', '1 mon -3 days 04:05:06', '{"x y",null,"é"}');
  insert into seen select n, '2026-11-30 23:59:59+09'::timestamptz + n * interval '1 second' from generate_series(-3000, 3000) n;
  insert into unsealed (id) values (1);
  select nextval('short_no');
  commit;
  alter table party enable trigger user; alter table account enable trigger user; alter table seen enable trigger user;`

let server: ThrowawayServer
let root: string
let source: string

beforeAll(async () => {
  server = await startThrowawayServer()
  await ask('postgres', 'create role shop_clerk')
  await ask('postgres', "create role shop_owner login password 'owner' createrole")
  await makeDatabase('source')
  source = databaseUrl(server.ownerUrl, 'source')
  await ask('source', SCHEMA)
  await ask('source', ROWS)
})

afterAll(async () => {
  await server.stop()
})

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'daicho-backup-'))
  mkdirSync(join(root, 'files', 'ab'), { recursive: true })
  writeFileSync(join(root, 'files', 'ab', 'cd'), Buffer.from([0, 1, 2, 255]))
  writeFileSync(join(root, 'files', 'half.tmp'), 'unfinished')
  writeFileSync(join(root, 'anchors.log'), '1 root\n')
  await makeDatabase('target')
})

afterEach(async () => {
  rmSync(root, { recursive: true, force: true })
  await dropTestDatabase(server.ownerUrl, 'target')
})

async function makeDatabase(name: string): Promise<void> {
  await ask('postgres', `create database ${name} template template0 owner shop_owner`)
}

async function ask(database: string, sql: string, user?: string): Promise<unknown[]> {
  const url = new URL(databaseUrl(server.ownerUrl, database))
  if (user) [url.username, url.password] = [user, 'owner']
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    const result = await client.query({ text: sql, rowMode: 'array' })
    return Array.isArray(result) ? [] : result.rows.flat()
  } finally {
    await client.end()
  }
}

function backup(name = 'backup'): Promise<Manifest> {
  return backupTo(join(root, name), {
    ownerUrl: source,
    filesDir: join(root, 'files'),
    anchorsFile: join(root, 'anchors.log'),
    key: { masterKey: Buffer.alloc(32, 7), passphrase: 'correct horse battery' },
    now: new Date('2026-11-24T00:00:00Z'),
  })
}

function restoring(change: Partial<RestoreOptions> = {}): RestoreOptions {
  return {
    ownerUrl: databaseUrl(server.ownerUrl, 'target'),
    filesDir: join(root, 'new', 'files'),
    anchorsFile: join(root, 'new', 'anchors.log'),
    passphrase: 'correct horse battery',
    migrateTo: async () => void (await ask('target', SCHEMA)),
    migrateAll: async () => void (await ask('target', 'create table made_by_a_later_version ()')),
    ...change,
  }
}

test('a restored company holds the same rows, sequences, files and key, and its rules are in force again', async () => {
  const manifest = await backup()
  expect(manifest).toMatchObject({
    level: '20260101-0000-first',
    schemas: ['auth', 'public'],
    madeAt: '2026-11-24T00:00:00.000Z',
  })
  expect(manifest.tables.map(table => [table.name, table.rows])).toEqual([
    ['session', 1],
    ['account', 2],
    ['nothing_yet', 0],
    ['party', 2],
    ['seen_202611', 3001],
    ['seen_rest', 3000],
    ['unsealed', 1],
  ])
  const levels: string[] = []
  const { masterKey, rows } = await restoreFrom(
    join(root, 'backup'),
    restoring({
      migrateTo: async level => {
        levels.push(level)
        await ask('target', SCHEMA)
      },
    }),
  )
  expect(levels).toEqual(['20260101-0000-first'])
  expect(rows).toBe(6007)
  expect(masterKey).toEqual(Buffer.alloc(32, 7))
  expect(await compareDatabases(source, databaseUrl(server.ownerUrl, 'target'))).toEqual([
    { what: 'public.made_by_a_later_version', left: null, right: expect.stringContaining('0 rows') },
  ])
  expect(
    await ask('target', 'select name_length, (select parties from party_count)::int from party order by id'),
  ).toEqual([11, 2, 2, 2])
  expect(
    await ask(
      'target',
      "select nextval('short_no')::int, nextval(pg_get_serial_sequence('account', 'no'))::int",
    ),
  ).toEqual([101, 3])
  await expect(ask('target', 'update party set name = name')).rejects.toThrow('not without an event')
  await expect(
    ask('target', "insert into account (party_id) values ('019a0000-0000-7000-8000-000000000009')"),
  ).rejects.toThrow()
  await ask('target', 'insert into nothing_yet values (1)')
  const rights =
    "select privilege_type::text from pg_class, aclexplode(relacl) where relname = 'seen_202611' and grantee = 'shop_clerk'::regrole"
  expect((await ask('target', rights)).sort()).toEqual(['INSERT', 'SELECT'])
  expect(readFileSync(join(root, 'new', 'files', 'ab', 'cd'))).toEqual(Buffer.from([0, 1, 2, 255]))
  expect(readdirSync(join(root, 'new', 'files'))).toEqual(['ab'])
  expect(readFileSync(join(root, 'new', 'anchors.log'), 'utf8')).toBe('1 root\n')
})

test('constraints, triggers and rights of the restored schema are those of the original', async () => {
  await backup()
  await restoreFrom(join(root, 'backup'), restoring({ migrateAll: async () => {} }))
  const schema = `select pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
    union all select tgenabled::text || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select relname || coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace order by 1`
  expect(await ask('target', schema)).toEqual(await ask('source', schema))
})

test('an owner who is not a superuser can back up and restore', async () => {
  const own = (database: string) => {
    const url = new URL(databaseUrl(server.ownerUrl, database))
    ;[url.username, url.password] = ['shop_owner', 'owner']
    return url.toString()
  }
  await makeDatabase('owned')
  await ask('owned', SCHEMA, 'shop_owner')
  await ask('owned', ROWS, 'shop_owner')
  const manifest = await backupTo(join(root, 'owned'), {
    ownerUrl: own('owned'),
    filesDir: join(root, 'none'),
    now: new Date(),
  })
  expect(manifest.extras).toEqual([])
  const migrateTo = async () => void (await ask('target', SCHEMA, 'shop_owner'))
  await restoreFrom(
    join(root, 'owned'),
    restoring({ ownerUrl: own('target'), passphrase: undefined, migrateTo, migrateAll: async () => {} }),
  )
  expect(await compareDatabases(own('owned'), own('target'))).toEqual([])
  await dropTestDatabase(server.ownerUrl, 'owned')
})

test('numbers of old transactions do not survive, since the new server will give them out again', async () => {
  await backup()
  await restoreFrom(join(root, 'backup'), restoring())
  const [past] = await ask(
    'target',
    'select bool_and(pg_visible_in_snapshot(xact, pg_current_snapshot())) from unsealed',
  )
  expect(past).toBe(true)
  expect(await ask('target', 'select pg_xact_status(xact) from unsealed')).toEqual(['committed'])
})

test('a comparison finds one changed byte, one missing row and one moved sequence', async () => {
  await backup()
  await restoreFrom(join(root, 'backup'), restoring({ migrateAll: async () => {} }))
  await ask(
    'target',
    "alter table party disable trigger user; update party set secret = '\\x01' where secret = ''",
  )
  await ask('target', "delete from seen where id = 17; select setval('short_no', 500)")
  const differences = await compareDatabases(source, databaseUrl(server.ownerUrl, 'target'))
  expect(differences.map(({ what }) => what)).toEqual(['public.party', 'public.seen', 'public.short_no'])
  expect(differences[1]!.left).toMatch(/^6001 rows /)
  expect(differences[1]!.right).toMatch(/^6000 rows /)
})

test('a backup overwrites nothing and leaves nothing behind when it fails', async () => {
  await backup()
  await expect(backup()).rejects.toThrow(/backup is not empty.*Remedy/)
  const weak = { masterKey: Buffer.alloc(32), passphrase: 'short' }
  await expect(
    backupTo(join(root, 'weak'), { ownerUrl: source, filesDir: root, key: weak, now: new Date() }),
  ).rejects.toThrow('at least 12 characters')
  await expect(
    backupTo(join(root, 'lost'), {
      ownerUrl: databaseUrl(source, 'nowhere'),
      filesDir: root,
      now: new Date(),
    }),
  ).rejects.toThrow('"nowhere" does not exist')
  expect(readdirSync(root).sort()).toEqual(['anchors.log', 'backup', 'files'])
})

test('a damaged backup is refused before anything is written', async () => {
  await backup()
  appendFileSync(join(root, 'backup', 'files', 'ab', 'cd'), 'x')
  rmSync(join(root, 'backup', 'tables', 'public.party.copy.zst'))
  await expect(restoreFrom(join(root, 'backup'), restoring())).rejects.toThrow(
    /damaged:\n {2}tables\/public\.party\.copy\.zst: missing\n {2}files\/ab\/cd: changed\nRemedy/,
  )
  const path = join(root, 'backup', 'manifest.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"rows": 3000,', '"rows": 2999,'))
  expect(() => readManifest(join(root, 'backup'))).toThrow('has been changed since the backup was made')
  expect(
    await ask('target', "select count(*)::int from pg_class where relnamespace = 'public'::regnamespace"),
  ).toEqual([0])
  expect(existsSync(join(root, 'new'))).toBe(false)
})

test('a restore is refused into a used database, into a used folder, and with a wrong passphrase', async () => {
  await backup()
  const from = join(root, 'backup')
  await expect(restoreFrom(from, restoring({ passphrase: 'correct horse batterie' }))).rejects.toThrow(
    'does not open the master key',
  )
  await expect(restoreFrom(from, restoring({ filesDir: join(root, 'files') }))).rejects.toThrow(
    'already holds files',
  )
  await ask('target', 'create table mine ()')
  await expect(restoreFrom(from, restoring())).rejects.toThrow('the database already holds tables')
  expect(
    await ask('target', "select relname::text from pg_class where relnamespace = 'public'::regnamespace"),
  ).toEqual(['mine'])
})

test('a schema which has no place for what was saved is refused by name', async () => {
  await backup()
  const migrateTo = async () => void (await ask('target', SCHEMA.replace('rate numeric(9, 6), ', '')))
  await expect(restoreFrom(join(root, 'backup'), restoring({ migrateTo }))).rejects.toThrow(
    /lacks what the backup holds: "public"\."party"\.rate/,
  )
  expect(await ask('target', 'select count(*)::int from party')).toEqual([0])
})
