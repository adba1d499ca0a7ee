-- Names of all apps that have sent an event. Index: none needed; a row per app.
select name from synchealth.app order by name;
