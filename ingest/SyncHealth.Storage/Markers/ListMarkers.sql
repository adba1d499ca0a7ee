-- The newest @Limit markers in [@From, @To), newest first; @App: of one app and of all of them, null: every one. Index: marker_at.
select marker_id as "Id", app_name as "App", at as "At", text as "Text"
from synchealth.marker
where at >= @From and at < @To and (@App::text is null or app_name is null or app_name = @App)
order by at desc, marker_id desc
limit @Limit;
