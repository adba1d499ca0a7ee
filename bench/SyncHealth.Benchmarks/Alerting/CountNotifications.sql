-- Notifications by status. @status: delivered, waiting, refused, expired or cancelled.
select count(*) from synchealth.alert_notification where status = @status::text;
