create table units (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    name text not null,
    former_names text[] not null default '{}',
    credit_code text,
    -- a wrong check digit that the clerk confirmed (early pilot codes are lawful)
    code_confirmed boolean not null default false,
    no_code_reason text,
    -- 厂区; empty: the only one
    site text not null default '',
    township text not null default '',
    industry text,
    permit_class text,
    permit_number text,
    permit_until date,
    contact_name text,
    contact_phone text,
    address text,
    -- the state in force last; its dated rows stand in unit_statuses
    status text not null,
    status_since date,
    -- name without spaces and brackets of any width: the same unit when there is no code
    name_key text not null,
    -- what a search verifies a hit against: keys of names, code and initials, one a line
    search_text text not null,
    created_at timestamptz not null,
    primary key (county_id, id)
);
create unique index units_credit_code_site_unique on units (county_id, credit_code, site) where credit_code is not null;
create unique index units_name_site_unique on units (county_id, name_key, site) where credit_code is null;
create index units_by_name on units (county_id, name_key);
create index units_by_township on units (county_id, township, id);
create index units_by_industry on units (county_id, industry collate "C", id);
-- delete: only a unit that a batch brought in by mistake, when the batch is taken back
select guard_county_table('units', 'select, insert, update, delete');

create table unit_statuses (
    county_id integer not null,
    id uuid not null,
    unit_id uuid not null,
    status text not null,
    since date not null,
    note text not null default '',
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units
);
create index unit_statuses_by_unit on unit_statuses (county_id, unit_id, since);
select guard_county_table('unit_statuses', 'select, insert, delete');

-- Two-character pieces of names, codes and pinyin initials, compared by equality (LIKE gets no index under a policy).
create table unit_grams (
    county_id integer not null,
    gram text collate "C" not null,
    unit_id uuid not null,
    primary key (county_id, gram, unit_id),
    foreign key (county_id, unit_id) references units
);
create index unit_grams_by_unit on unit_grams (county_id, unit_id);
select guard_county_table('unit_grams', 'select, insert, delete');
