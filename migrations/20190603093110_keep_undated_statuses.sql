-- A unit may be registered with a status of which nobody knows the first day. When a later one is noted it stays, undated.
alter table unit_statuses alter column since drop not null;
