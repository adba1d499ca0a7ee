-- Pages keep a tenth free for new versions of their rows instead of a fifth. A fold touches a few rows of a page at a time, and the space of the versions
-- before is taken again when the page is next written; once a minute or a day is over, what was kept free is lost. Rows of hours, days and margins at core
-- grain are long and stay as they are. Holds for pages that are written from now on.
alter table synchealth.rollup_minute set (fillfactor = 90);
alter table synchealth.rollup_arrival set (fillfactor = 90);
alter table synchealth.rollup_fine_hour set (fillfactor = 90);
alter table synchealth.device_day set (fillfactor = 90);
alter table synchealth.device_release set (fillfactor = 90);
alter table synchealth.device_state set (fillfactor = 90);

-- Sketches of an hour or a day are read whole: compressing them or storing them elsewhere costs more than it saves, and each new version left its old
-- chunks behind. As in margins.
alter table synchealth.rollup_hour set (toast_tuple_target = 8160);
alter table synchealth.rollup_day set (toast_tuple_target = 8160);
alter table synchealth.rollup_fine_day set (toast_tuple_target = 8160);
alter table synchealth.rollup_hour alter column success_sketch set storage external, alter column other_sketch set storage external;
alter table synchealth.rollup_day alter column success_sketch set storage external, alter column other_sketch set storage external;
alter table synchealth.rollup_fine_day alter column success_sketch set storage external, alter column other_sketch set storage external;
