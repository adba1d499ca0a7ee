-- One bounded step: deletes at most @Limit of @App's margins of device sets before @Before; rows deleted. Index: device_margin_pkey.
delete from synchealth.device_margin where ctid = any (array(
    select m.ctid from synchealth.device_margin m join synchealth.app a using (app_id)
    where a.name = @App and m.bucket_at < @Before
    limit @Limit));
