-- Purpose: whether there are losses that no batch tells. No parameters, no index: a handful of rows.
select exists (select 1 from dropped where pending > 0) or exists (select 1 from loss where batch_id is null);
