-- Devices of @app with an attempt in [@from, @to) that is @bad (failed, not_first_try, conflicted, or slow: longer than @slower_than_ms), among attempts that
-- pass @filters; @clock as in CountAttempts. Shared clock. Index: event_received (BRIN), event_stray.
select synchealth.rule_affected_devices(
    @app::text, @from::timestamptz, @to::timestamptz, @clock::text, @filters::text[], @ignored::text[], @bad::text, @slower_than_ms::float8);
