-- Lists from outside (排污许可名单, 12369, 用电监控 …) held against the register. Whether a line is on the register is read anew
-- each time; kept are only the lines as they came, and what a person decided about one.
create table outside_lists (
    county_id integer not null references counties,
    id uuid not null,
    campaign_id uuid not null references campaigns,
    title text not null,
    origin text not null,
    made_by text not null,
    made_at timestamptz not null,
    primary key (county_id, id)
);
select guard_county_table('outside_lists', 'select, insert');

create table outside_lines (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    list_id uuid not null,
    place integer not null,
    name text not null,
    name_key text not null,
    credit_code text,
    township text,
    address text,
    -- decided by a person: the unit that is meant, or why it does not belong on the register
    unit_id uuid,
    dismissed text,
    decided_by text,
    primary key (county_id, id),
    foreign key (county_id, list_id) references outside_lists,
    foreign key (county_id, unit_id) references units
);
create index outside_lines_by_list on outside_lines (county_id, list_id, place);
select guard_county_table('outside_lines', 'select, insert, update');
