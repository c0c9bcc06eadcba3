-- What the mail server answered to the newest try that failed, as a code without addresses (EAUTH 535); null when none failed.
alter table staff_invite add column mail_fault text check (length(mail_fault) <= 60);
