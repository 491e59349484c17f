-- 同一单位两个县 / 搬家的污染户: pairs of units of two counties that may be one. The pair is the city's row; a county has only the
-- hint that one of its units may be on another register, and nothing of the other side.
create table twin_pairs (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    first_county integer not null,
    first_unit uuid not null,
    second_county integer not null,
    second_unit uuid not null,
    -- code, name, phone, address
    grounds text[] not null,
    found_on date not null,
    verdict text,
    reason text not null default '',
    decided_by text not null default '',
    decided_on date,
    primary key (county_id, id),
    constraint twin_pairs_once unique (county_id, first_county, first_unit, second_county, second_unit),
    constraint twin_pairs_verdict_is_dated check ((verdict is null) = (decided_on is null))
);
select guard_county_table('twin_pairs', 'select, insert, update');

create table twin_hints (
    county_id integer not null,
    unit_id uuid not null,
    pair_id uuid not null,
    active boolean not null default true,
    primary key (county_id, unit_id, pair_id)
);
select guard_county_table('twin_hints', 'select, insert, update');
