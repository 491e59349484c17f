-- 举报电话 of a body, shown to the public beside 12369.
alter table bodies add column report_phone text not null default '';
