-- A sender asks for the next notification of its own receiver. With the time alone as key it read, joined and sorted whatever waited, for anybody, to take one:
-- ten thousand that wait cost ten thousand times ten thousand rows.
create index alert_notification_due on synchealth.alert_notification (receiver, next_attempt_at, alert_id, seq, kind) where status = 'waiting';
drop index synchealth.alert_notification_waiting;
