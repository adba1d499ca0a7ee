-- Whether anybody can administer. A scan: there are tens.
select exists (select from synchealth.account where role = 3);
