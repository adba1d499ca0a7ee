-- Forgets an alert instance with what was recorded of it, if nobody wrote it since version @version was read and nothing waits to be told. Returns how many.
-- Index: alert_is_one_per_segment; keys of the tables below it.
with gone as (
    select a.alert_id
    from synchealth.alert a
    where a.rule = @rule and a.app_name = @app and a.segment = @segment::jsonb and a.class = @class and a.version = @version
      and a.status not in ('pending', 'firing', 'recovering')
      and not exists (select from synchealth.alert_notification n where n.alert_id = a.alert_id and n.status = 'waiting')
),
references_gone as (delete from synchealth.alert_reference where alert_id in (select alert_id from gone)),
notifications_gone as (delete from synchealth.alert_notification where alert_id in (select alert_id from gone)),
acknowledgements_gone as (delete from synchealth.alert_acknowledgement where alert_id in (select alert_id from gone)),
transitions_gone as (delete from synchealth.alert_transition where alert_id in (select alert_id from gone)),
alerts_gone as (delete from synchealth.alert where alert_id in (select alert_id from gone) returning 1)
select count(*) from alerts_gone;
