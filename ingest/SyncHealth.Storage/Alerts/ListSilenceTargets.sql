-- Every alert instance and every loaded rule with its labels. Index: none needed; a row per rule, app, segment and class.
select rule, app_name, segment::text, status, labels::text from synchealth.alert where class not in ('group', 'digest')
union all
select name, null, '{}', null, labels::text from synchealth.alert_rule
order by 1, 2 nulls last, 3;
