alter table views.crisis_board add column overdue boolean not null default false;
