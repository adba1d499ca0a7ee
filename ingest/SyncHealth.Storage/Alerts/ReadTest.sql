-- How a test stands. Key: receiver_test_pkey.
select status, detail from synchealth.receiver_test where test_id = @id;
