-- From when on every raw event of an app is kept: what is answered from raw events alone is whole from here on and unknown before.
create function synchealth.raw_from(app text, now_at timestamptz) returns timestamptz
language sql stable
return synchealth.ceil_to('1 day', now_at - interval '1 day' * least(30, coalesce((select s.raw_days from synchealth.app_setting s where s.app_name = app), 30)));
