-- Read before a scope exists, so these are reference tables: accounts, sessions, throttles, used form tokens.
create table accounts (
    id uuid primary key,
    login text not null,
    name text not null,
    role text not null,
    county_id integer not null references counties,
    legal_review boolean not null default false,
    phone text not null default '',
    office text not null default '',
    password_hash text not null,
    must_change boolean not null,
    password_changed_at timestamptz not null,
    disabled_at timestamptz,
    last_login_at timestamptz,
    last_login_from text,
    version integer not null,
    created_at timestamptz not null,
    constraint accounts_login_unique unique (login),
    constraint accounts_role_known check (role in ('county-clerk', 'county-lead', 'city-reviewer', 'city-admin', 'auditor', 'system')),
    constraint accounts_county_fits_role check ((role in ('county-clerk', 'county-lead')) = (county_id <> 140400))
);
create table sessions (
    token_hash bytea primary key,
    account_id uuid not null references accounts,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    address text not null,
    ended_at timestamptz
);
create index sessions_by_account on sessions (account_id);
create table login_failures (
    login text primary key,
    failures integer not null,
    last_failed_at timestamptz not null
);
create table address_logins (
    address text not null,
    minute timestamptz not null,
    logins integer not null,
    primary key (address, minute)
);
create table form_uses (
    token_hash bytea primary key,
    account_id uuid not null references accounts,
    used_at timestamptz not null,
    location text
);
create index form_uses_by_age on form_uses (used_at);
-- What was typed into a form whose session had ended: shown again to the same account, thrown away after a day.
create table drafts (
    id uuid primary key,
    account_id uuid not null references accounts,
    typed jsonb not null,
    made_at timestamptz not null
);
create index drafts_by_age on drafts (made_at);
grant select, insert, update on accounts to zhengzhi_app;
grant select, insert, update, delete on sessions, login_failures, address_logins, form_uses, drafts to zhengzhi_app;

-- Whom the history names when the command line imports without --as. No password opens it.
insert into accounts (id, login, name, role, county_id, password_hash, must_change, password_changed_at, disabled_at, version, created_at)
values ('019b0000-0000-7000-8000-000000000002', 'system', '系统', 'system', 140400, '', false,
        '2019-06-03 00:00:00+08', '2019-06-03 00:00:00+08', 1, '2019-06-03 00:00:00+08');
