-- The promoted tag of every app that has one. A scan of the apps.
select name, promoted_tag from synchealth.app where promoted_tag is not null order by name;
