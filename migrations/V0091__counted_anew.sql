-- Versions with which the evidence was made anew from the beginning of the log on: what they measure
-- holds for the events before them too.
alter table experiment_version add column counted_anew boolean not null default false;
