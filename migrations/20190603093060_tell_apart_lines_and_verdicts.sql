-- Between reading and 确认 a line is kept as it was read, and beside it what would become of it: comparing anew touches the latter only,
-- and of most lines there is nothing to say but the outcome. What waits for 确认 is read anew: it is working data.
delete from uploads;

alter table upload_packs
    -- a letter a line: created, updated, unchanged, asked, rejected
    add column outcomes text not null,
    -- whose facts each line tells; none of one that stays out
    add column counties integer[] not null,
    -- by the line's place in the pack, what else is to be said of it; JSON
    add column said bytea not null;
comment on column upload_packs.lines is 'the lines as read, in the writing of the reader of sheets';
alter table upload_packs alter column said set storage external;
grant update on upload_packs to zhengzhi_app;
