-- An alert of the class rules_refused tells that changed files of rules cannot be used; it holds for every app.
alter table synchealth.alert drop constraint alert_class_is_known;
alter table synchealth.alert add constraint alert_class_is_known
    check (class in ('threshold', 'no_data', 'late', 'ingest_down', 'rules_refused', 'group', 'digest'));
