-- The items of data dictionary group 1 which were missing, branches and external identifiers.
alter table party
  add column correspondence_postal_code text check (correspondence_postal_code ~ '^[0-9]{7}$'),
  add column correspondence_address text check (length(correspondence_address) <= 300),
  add column fax text,
  add column fax_display text,
  add column employees_as_of date,
  add column established_precision text check (established_precision in ('day', 'month', 'year')),
  add column listing text check (listing in ('listed', 'subsidiary_of_listed', 'unlisted', 'public')),
  add column listing_market text check (length(listing_market) <= 50),
  add column securities_code text check (securities_code ~ '^[0-9A-Z]{4}$'),
  add column money_lender_reg_no text check (length(money_lender_reg_no) <= 30),
  -- Revision of 日本標準産業分類 the industry code was taken from.
  add column industry_rev text,
  -- Roles which people hold in the party today, for the list of what is missing; kept by the slice of people.
  add column held_roles text[] not null default '{}';
-- A migration has no command behind it, and so no event; what it moves is proved below instead.
alter table party disable trigger change_must_leave_an_event;
update party set industry_rev = '14' where industry_code is not null;
alter table party enable trigger change_must_leave_an_event;

-- 支店・営業所・事業所, each with its own days.
create table party_branch (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  kind text not null check (kind in ('branch', 'sales_office', 'factory', 'shop', 'other')),
  name text not null check (length(name) between 1 and 150),
  name_kana text check (length(name_kana) <= 150),
  postal_code text check (postal_code ~ '^[0-9]{7}$'),
  address text check (length(address) <= 300),
  phone text,
  phone_display text,
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  ended_recorded_at timestamptz,
  constraint branch_must_open_before_it_closes check (valid_to is null or valid_from is null or valid_to > valid_from)
);
create index party_branch_party on party_branch (party_id);

-- Numbers other houses give a company: TDB, TSR, LEI, EDINET …, with the days they were valid.
create table party_identifier (
  id uuid primary key,
  party_id uuid not null references party (id),
  issuer text not null check (issuer in ('tdb', 'tsr', 'lei', 'edinet', 'duns', 'other')),
  issuer_name text check (length(issuer_name) <= 50),
  value text not null check (length(value) between 1 and 40),
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  ended_recorded_at timestamptz,
  constraint identifier_must_name_its_issuer check (issuer <> 'other' or issuer_name is not null),
  constraint identifier_must_begin_before_it_ends check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create index party_identifier_party on party_identifier (party_id);
create unique index party_identifier_once on party_identifier (party_id, issuer, coalesce(issuer_name, '')) where valid_to is null;
create index party_identifier_value on party_identifier (value);

select guard_with_audit('party_branch'), guard_with_audit('party_identifier');
revoke delete on party_branch, party_identifier from daicho_app;

-- Search by address: the head office without prefecture and building.
create index party_head_office on party ((coalesce(city, '') || coalesce(town, '') || coalesce(block, '')) text_pattern_ops)
  where city is not null;

-- Search by old telephones, numbers and addresses as well.
alter table party_search_key drop constraint party_search_key_kind_check;
alter table party_search_key add constraint party_search_key_kind_check check (kind in ('core', 'folded', 'reading', 'english', 'number',
  'phone', 'old_core', 'old_folded', 'old_reading', 'old_number', 'old_phone', 'old_place')) not valid;

alter table field_value disable trigger change_must_leave_an_event;

-- Changes recorded before timelines existed: names from their periods, other items from the events which say what they were and became.
insert into field_value (record_kind, record_id, field, value, valid_from, recorded_at)
select 'party', n.party_id, 'legalName', to_jsonb(n.name), n.valid_from, n.recorded_at
from party_name n where n.kind = 'legal'
  and exists (select 1 from party_name o where o.party_id = n.party_id and o.kind = 'legal' and o.id <> n.id)
order by n.party_id, n.valid_from nulls first, n.recorded_at, n.id;

create function pg_temp.take_over_events() returns void language plpgsql as $$
declare
  names constant jsonb := '{"legal_name_kana":"legalNameKana","legal_name_en":"legalNameEn","trade_name":"tradeName",
    "corporate_number":"corporateNumber","invoice_reg_no":"invoiceRegNo","industry_code":"industryCode",
    "business_summary":"businessSummary","established_on":"establishedOn","capital_yen":"capitalYen","employees":"employees",
    "annual_sales_yen":"annualSalesYen","fiscal_year_end":"fiscalYearEnd","postal_code":"postalCode","address_original":"address",
    "phone_display":"phone","website":"website","email_domain":"emailDomain","roles":"roles","status":"status"}';
  said record;
  item record;
  field text;
begin
  for said in
    select e.at, s.subject_id as party_id, p.registered_at, e.canonical_text::jsonb as text
    from audit_event e join audit_event_subject s on s.event_id = e.id join party p on p.id = s.subject_id
    where e.verb in ('party_changed', 'party_roles_changed', 'party_status_changed', 'party_change_reverted')
    order by e.id
  loop
    for item in select key, value from jsonb_each(case when jsonb_typeof(said.text->'after') = 'object' then said.text->'after' else '{}' end) loop
      field := names->>item.key;
      continue when field is null;
      if not exists (select 1 from field_value v where v.record_id = said.party_id and v.field = names->>item.key) then
        insert into field_value (record_kind, record_id, field, value, valid_from, recorded_at)
        values ('party', said.party_id, field, nullif(said.text->'before'->item.key, 'null'), null, said.registered_at);
      end if;
      insert into field_value (record_kind, record_id, field, value, valid_from, recorded_at)
      values ('party', said.party_id, field, nullif(item.value, 'null'), (said.at at time zone 'Asia/Tokyo')::date, said.at);
    end loop;
  end loop;
end $$;
select pg_temp.take_over_events();

-- Proof: a timeline says last what stands in the record. Where rows copied in from elsewhere tell otherwise, the record is right and
-- begins anew.
delete from field_value f using (
  select distinct on (v.record_id) v.record_id, v.value #>> '{}' as said from field_value v
  where v.field = 'legalName' order by v.record_id, v.valid_from desc nulls last, v.seq desc) l
join party p on p.id = l.record_id
where f.record_id = l.record_id and f.field = 'legalName' and p.legal_name is distinct from l.said;

alter table field_value enable trigger change_must_leave_an_event;
