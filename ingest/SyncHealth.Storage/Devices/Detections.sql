-- Devices of @app with a report in [@from, @at] as far as had arrived by @at, and those that detectors name; by segment of @dimensions, among those that pass @filters.
-- Indexes: BRIN(received_at), event_stray.
select group_key as "Key", devices as "Devices", stuck as "Stuck", stuck_items as "StuckItems", reuploading as "Reuploading", pushed_items as "PushedItems",
    resent_items as "ResentItems", poisoned as "Poisoned", reset as "Reset", lost_items as "LostItems", clocks_off as "ClocksOff", with_gaps as "WithGaps",
    issued as "Issued", received as "Received"
from synchealth.detections(@app, @from, @at, @dimensions, @filters);
