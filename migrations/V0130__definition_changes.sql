-- The few versions of an allocation that a change of the definition or the status made, for charts to mark.

create index allocation_version_definition on allocation_version (experiment_id, version)
  where reason = 'definition';
