-- Asks for a test of @receiver. @at: wall clock. Key: receiver_test_pkey.
insert into synchealth.receiver_test (test_id, receiver, requested_at) values (@id, @receiver, @at);
