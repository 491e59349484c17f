create table self_inspections (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    campaign_id uuid not null references campaigns,
    unit_id uuid not null,
    state text not null,
    -- when 已自查: the day it was done; for 拒不开展 and the rest: the day it was established
    inspected_on date,
    -- 'none' 未发现问题, 'some' 发现问题, null not yet said
    found text,
    person text,
    note text,
    primary key (county_id, id),
    foreign key (county_id, unit_id) references units,
    constraint self_inspections_once unique (county_id, campaign_id, unit_id),
    constraint self_inspections_found_known check (found in ('none', 'some'))
);
select guard_county_table('self_inspections', 'select, insert, update, delete');
