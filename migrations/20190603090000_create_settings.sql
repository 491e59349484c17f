-- Rules that hold for every table (house, "Which way the doors open"):
-- the county is in every key, row-level security is forced, no triggers, no now(), named constraints.
-- The cluster roles zhengzhi_owner and zhengzhi_app exist before this file runs.

-- The counties that the connection may see, or an error when nobody said: an unset or empty setting is not a list.
create function visible_counties() returns integer[]
    language sql stable parallel safe
    as $$ select current_setting('zhengzhi.counties')::integer[] $$;

grant usage on schema public to zhengzhi_app;

-- Gives a county table its wall: forced row security and the application's rights.
create function guard_county_table(t regclass, rights text) returns void
    language plpgsql
    as $$
begin
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy visible on %s using (county_id = any ((select visible_counties())::integer[]))', t);
    execute format('grant %s on %s to zhengzhi_app', rights, t);
end
$$;
