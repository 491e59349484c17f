-- Lines of files between reading and 确认, by the hundred. What waits for 确认 is read anew: it is working data.
delete from uploads;
drop table upload_lines;

create table upload_packs (
    county_id integer not null,
    upload_id uuid not null,
    -- the number of its first line in the file
    first_no integer not null,
    -- how many of its lines have which outcome; how many have something to check besides
    created integer not null,
    updated integer not null,
    unchanged integer not null,
    asked integer not null,
    rejected integer not null,
    flagged integer not null,
    -- the lines as read, each with what would become of it, and after 确认 what did; JSON
    lines bytea not null,
    primary key (county_id, upload_id, first_no),
    foreign key (county_id, upload_id) references uploads on delete cascade
);
-- Read once or twice and thrown away: packing it costs more than its place.
alter table upload_packs alter column lines set storage external;
select guard_county_table('upload_packs', 'select, insert, delete');

-- What a person decided about a line.
create table upload_choices (
    county_id integer not null,
    upload_id uuid not null,
    no integer not null,
    choices json not null,
    primary key (county_id, upload_id, no),
    foreign key (county_id, upload_id) references uploads on delete cascade
);
select guard_county_table('upload_choices', 'select, insert, update');
