-- Which migrations this database has, with the checksum of each.
select number, checksum from synchealth.migration;
