-- A written reason settles a reminder until the value that it explains changes.
create table readiness_reasons (
    county_id integer not null references counties,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    rule text not null,
    -- what the reminder is about, and what stood there when the reason was given
    subject text not null,
    value text not null,
    reason text not null,
    given_by text not null,
    given_at timestamptz not null,
    primary key (county_id, id),
    constraint readiness_reasons_once unique (county_id, campaign_id, rule, subject)
);
select guard_county_table('readiness_reasons', 'select, insert, update');

-- Numbers that rules compare with, where the city set another than the usual one.
create table readiness_thresholds (
    campaign_id uuid not null references campaigns,
    rule text not null,
    value bigint not null,
    primary key (campaign_id, rule)
);
grant select, insert, update on readiness_thresholds to zhengzhi_app;
