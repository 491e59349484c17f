-- 佐证材料: which stored files belong to which record. The record may be of any room; the room that asks knows it is there.
create table evidence (
    county_id integer not null,
    id uuid not null,
    version integer not null,
    -- the table of the record, and the record
    record text not null,
    record_id uuid not null,
    attachment_id uuid not null,
    caption text,
    removed boolean not null default false,
    added_by text not null,
    added_at timestamptz not null,
    primary key (county_id, id),
    foreign key (county_id, attachment_id) references attachments
);
create index evidence_by_record on evidence (county_id, record_id, id);
select guard_county_table('evidence', 'select, insert, update');
