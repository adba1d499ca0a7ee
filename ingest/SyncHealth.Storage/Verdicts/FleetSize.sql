-- Devices ever known of an app: of a large one as they were last added up, which says as well how large a part of them is asked. Indexes: device_tally_pkey, device_state_app.
select coalesce(
    (select sum(t.active + t.late + t.silent + t.gone) from synchealth.core_segment c join synchealth.device_tally t using (core_id) where c.app_id = @appId),
    (select count(*) from synchealth.device_state where app_id = @appId));
