-- each line of SRS and ORS is an answer of the client's, and answers stand encrypted in the log only
update views.scores set subscales = null where instrument in ('srs', 'ors');
alter table views.scores add constraint lines_are_answers check (instrument not in ('srs', 'ors') or subscales is null);
