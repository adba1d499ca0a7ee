-- Promotes a tag of @app, known by an event or not yet, as synchealth.promote_tag does: rollups hold it from the next full hour after an hour on,
-- because every writer has to know of it by then. @now: the shared clock. Key: app_name_is_unique.
insert into synchealth.app (name, first_seen_at, promoted_tag, promoted_from)
values (@app, @now, @tag, synchealth.ceil_to('1 hour', @now::timestamptz + interval '1 hour'))
on conflict (name) do update set promoted_tag = excluded.promoted_tag, promoted_from = excluded.promoted_from
where app.promoted_tag is distinct from excluded.promoted_tag;
