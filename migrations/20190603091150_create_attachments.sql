-- Stored files; their bytes lie in the data folder under the row's id. Owners keep their own links.
create table attachments (
    county_id integer not null references counties,
    id uuid not null,
    -- jpg, png, pdf, docx, xlsx: by content, never by name
    kind text not null,
    original_name text not null,
    bytes bigint not null,
    sha256 bytea not null,
    made_by text not null,
    made_at timestamptz not null,
    primary key (county_id, id)
);
select guard_county_table('attachments', 'select, insert, delete');
