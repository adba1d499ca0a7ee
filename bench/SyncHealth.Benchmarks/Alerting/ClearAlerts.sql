-- Forgets every alert and whatever waits to be told, so that the next measurement begins with none.
truncate synchealth.alert, synchealth.alert_transition, synchealth.alert_notification, synchealth.alert_reference, synchealth.alert_acknowledgement;
