-- What core segments stand for. By primary key.
select core_id as "Id", app_id as "AppId", environment as "Environment", app_version as "First", os as "Second", network as "Third"
from synchealth.core_segment where core_id = any (@ids);
