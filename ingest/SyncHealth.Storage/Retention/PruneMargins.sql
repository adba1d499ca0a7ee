-- One bounded step: deletes at most @Limit of @App's margins of one grain before @Before; rows deleted. @Grain: as in rollup_margin. Index: rollup_margin_pkey.
delete from synchealth.rollup_margin where ctid = any (array(
    select r.ctid from synchealth.rollup_margin r join synchealth.app a using (app_id)
    where a.name = @App and r.grain = @Grain::smallint and r.bucket_at < @Before
    limit @Limit));
