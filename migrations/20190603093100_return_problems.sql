-- 退回: the last step of a rectification is taken back, because it was not mended (核查未通过) or was entered in error. The last
-- day and reason stand with the problem; the earlier ones are in its history.
alter table problems add column returned_on date, add column returned_note text;
