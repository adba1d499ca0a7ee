-- Whether any event of any app arrived in [@from, @to) of the shared clock. Index: event_received (BRIN).
select exists (select from synchealth.event where received_at >= @from and received_at < @to);
