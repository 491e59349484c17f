-- What a file was written from: a file that comes back is compared with it. Thrown away after some months.
create table downloads (
    county_id integer not null references counties,
    id uuid not null,
    account_id uuid not null,
    campaign_id uuid not null references campaigns,
    annex smallint not null,
    data_date date not null,
    lines integer not null,
    made_at timestamptz not null,
    primary key (county_id, id)
);
create index downloads_by_age on downloads (county_id, made_at);
select guard_county_table('downloads', 'select, insert, delete');

create table download_lines (
    county_id integer not null,
    download_id uuid not null,
    first_no integer not null,
    -- some hundred lines as JSON, packed
    packed bytea not null,
    primary key (county_id, download_id, first_no),
    foreign key (county_id, download_id) references downloads on delete cascade
);
select guard_county_table('download_lines', 'select, insert, delete');
