-- Sets a marker; the same id again changes nothing. @Now: the shared clock. By primary key.
insert into synchealth.marker (marker_id, app_name, at, text, created_at)
values (@Id, @App::text, @At, @Text, @Now)
on conflict (marker_id) do nothing;
