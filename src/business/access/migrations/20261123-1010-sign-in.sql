-- Identity only: who signs in, with what, and which sign-ins are open. Roles and grants stand in schema public.
-- The tables are those better-auth 1.7 asks for (user, session, account, verification, twoFactor), with our column names.
create schema auth;
grant usage on schema auth to daicho_app;
alter default privileges in schema auth grant select, insert, update, delete on tables to daicho_app;

create table auth."user" (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth.session (
  id uuid primary key,
  user_id uuid not null references auth."user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Ours, by the program's clock: for the absolute and the idle limit.
  started_at timestamptz not null,
  last_active_at timestamptz not null
);
create index session_of_user on auth.session (user_id);

create table auth.account (
  id uuid primary key,
  user_id uuid not null references auth."user" (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index account_of_user on auth.account (user_id);

create table auth.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);

create table auth.two_factor (
  id uuid primary key,
  user_id uuid not null unique references auth."user" (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

-- Every attempt to sign in, whoever made it. The address is a keyed hash, so that a typed password in the wrong box stays unread.
create table sign_in_attempt (
  id uuid primary key,
  at timestamptz not null,
  kind text not null check (kind in ('password', 'code', 'recovery_code')),
  outcome text not null check (outcome in ('succeeded', 'code_asked', 'failed', 'blocked', 'left')),
  email_hash text,
  staff_id uuid,
  ip text,
  user_agent text
);
create index sign_in_attempt_listed on sign_in_attempt (at desc, id desc);
create index sign_in_attempt_staff on sign_in_attempt (staff_id, at desc);
revoke update, delete on sign_in_attempt from daicho_app;

-- How often an account or an address has failed, and until when it must wait; counted before the password is looked at.
create table sign_in_brake (
  key text primary key,
  failures integer not null,
  counted_at timestamptz not null,
  blocked_until timestamptz
);
