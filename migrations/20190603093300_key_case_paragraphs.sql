-- What somebody wrote about a 典型案例 belongs to its case, not to a place among the cases: each goes to the case that stands in its
-- place now. Where none does, it stays by itself.
update summary_paragraphs p
set key = 'case_' || x.id
from (
    select s.county_id, s.id as paragraph, c.id,
           row_number() over (partition by s.county_id, s.id order by c.exposed_on, c.county_id, c.id) as place
    from summary_paragraphs s
    join cases c on c.campaign_id = s.campaign_id and (c.county_id = s.county_id or s.county_id = 140400)
    where s.key like 'case\_%' and c.exposed_on is not null and c.decided_on is not null
) x
where p.county_id = x.county_id and p.id = x.paragraph and p.key = 'case_' || x.place;
