-- Takes the oldest test that was asked for since @since, or none; what is older nobody waits for. Wall clock. Index: receiver_test_waiting.
with next as (
    select test_id from synchealth.receiver_test where status = 'waiting' and requested_at >= @since order by requested_at limit 1 for update skip locked
)
update synchealth.receiver_test t set status = 'sending' from next where t.test_id = next.test_id returning t.test_id, t.receiver;
