-- Who comes without a referral waits as well: such a row's id is 'client:' and the pseudonym, which is no referral's.
alter table views.worklist
    add column route           text not null default 'referral',
    add column enrolled_at     timestamptz,
    add column therapist_id    text,
    add column therapist_since timestamptz;
delete from views.worklist;
delete from clinic.checkpoint where name = 'worklist';

-- A follow-up is answered by the screen asked for, not by a triage: cards are made anew.
delete from views.safety_card;
delete from clinic.checkpoint where name = 'safety-card';
