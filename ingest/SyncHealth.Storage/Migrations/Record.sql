-- Records an applied migration. @now: the shared clock.
insert into synchealth.migration (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @now);
