-- 宣传: what a body told the public, by channel; the city's own in its own row.
create table publicity (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    channel text not null,
    on_date date not null,
    title text not null,
    outlet text not null default '',
    -- 份, for what is posted or handed out
    copies integer,
    -- times seen, where a site or an account counts them
    views integer,
    link text not null default '',
    note text not null default '',
    created_at timestamptz not null,
    primary key (county_id, id),
    constraint publicity_not_negative check (copies >= 0 and views >= 0)
);
create index publicity_by_campaign on publicity (county_id, campaign_id, id);
select guard_county_table('publicity', 'select, insert, update');
