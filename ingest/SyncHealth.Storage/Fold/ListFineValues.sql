-- What segments stand for beside their core. By primary keys.
select s.segment_id as "Id", c.app_id as "AppId", c.environment as "Environment", s.os_version as "First", s.type as "Second", s.trigger as "Third"
from synchealth.segment s join synchealth.core_segment c using (core_id) where s.segment_id = any (@ids);
