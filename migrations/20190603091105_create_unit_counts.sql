-- How many units a county has: the sum of its rows. Whoever registers units takes up the rows that nobody else holds and leaves one, so
-- that registering never waits for another's transaction and the sum is exact in every snapshot. Units are never deleted.
create table unit_counts (
    county_id integer not null references counties,
    id uuid not null,
    units bigint not null,
    primary key (county_id, id)
);
insert into unit_counts (county_id, id, units)
    select county_id, '00000000-0000-0000-0000-000000000000', count(*) from units group by county_id;
select guard_county_table('unit_counts', 'select, insert, update, delete');
