-- `clinic doctor` compares what was applied with what this version brings
grant select on clinic.schema_version to {{worker}};
