-- Says how a test ended. Key: receiver_test_pkey.
update synchealth.receiver_test set status = @status, detail = @detail where test_id = @id;
