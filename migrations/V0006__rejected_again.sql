-- When a rejected event was sent again; null if it never was.
alter table rejected_event add column replayed_at timestamptz;
create index rejected_event_by_time on rejected_event (received_at);
