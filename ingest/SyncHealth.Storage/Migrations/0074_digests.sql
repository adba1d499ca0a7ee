-- Summaries at chosen hours. Each digest of an app is a row among the alerts, so that it goes through the same outbox; its episodes count the times it was told.
alter table synchealth.alert drop constraint alert_class_is_known;
alter table synchealth.alert add constraint alert_class_is_known check (class in ('threshold', 'no_data', 'late', 'ingest_down', 'group', 'digest'));
alter table synchealth.alert_notification drop constraint alert_notification_kind_is_known;
alter table synchealth.alert_notification add constraint alert_notification_kind_is_known
    check (kind in ('trigger', 'update', 'acknowledge', 'resolve', 'digest'));
