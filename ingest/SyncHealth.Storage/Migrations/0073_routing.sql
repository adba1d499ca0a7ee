-- Alerts that go down a routing tree: told by themselves or as a group, held back at certain times, and acknowledged towards receivers.

-- A group of alerts that are told as one incident is a row of its own: rule is its route, app_name 'all apps' where it holds alerts of several.
alter table synchealth.alert drop constraint alert_class_is_known;
alter table synchealth.alert add constraint alert_class_is_known check (class in ('threshold', 'no_data', 'late', 'ingest_down', 'group'));

alter table synchealth.alert drop constraint alert_muted_is_known;
alter table synchealth.alert add constraint alert_muted_is_known check (muted in ('silenced', 'inhibited', 'flapping', 'off_hours'));

-- Where its routes lead an alert, as last evaluated: a list of route, receivers, group, and what holds messages back until when.
alter table synchealth.alert add column goes_to jsonb not null default '[]';

-- A receiver hears of an acknowledgement under the transition that its incident is at.
alter table synchealth.alert_notification drop constraint alert_notification_kind_is_known;
alter table synchealth.alert_notification add constraint alert_notification_kind_is_known check (kind in ('trigger', 'update', 'acknowledge', 'resolve'));
alter table synchealth.alert_notification drop constraint alert_notification_pkey;
alter table synchealth.alert_notification add constraint alert_notification_pkey primary key (alert_id, seq, receiver, kind);

-- The delivery log asks by time.
create index alert_notification_visible_at on synchealth.alert_notification (visible_at);
