-- Sequence numbers issued and received by the devices seen in the 7 days before @now. Indexes: device_tally_pkey; of a small fleet device_state_app.
select devices as "Devices", devices_with_gaps as "DevicesWithGaps", issued as "Issued", received as "Received", missing as "Missing"
from synchealth.telemetry_gaps(@app, @filters, @now);
