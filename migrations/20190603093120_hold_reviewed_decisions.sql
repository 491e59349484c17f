-- What the decision said when the text about it was reviewed: a text is not published over another decision.
alter table exposures add column reviewed_decision text;
