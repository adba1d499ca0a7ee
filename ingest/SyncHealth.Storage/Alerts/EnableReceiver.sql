-- A receiver that was switched off is on again. @receiver. Key: alert_receiver_pkey.
update synchealth.alert_receiver set disabled_at = null, disabled_reason = null where receiver = @receiver and disabled_at is not null;
