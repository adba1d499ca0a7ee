-- Records a change of status. @at: shared clock. Key: alert_transition_pkey.
insert into synchealth.alert_transition (alert_id, seq, from_status, to_status, at, reason, severity, inputs)
values (@alert_id, @seq, @from_status, @to_status, @at, @reason, @severity, @inputs::jsonb);
