-- Which rows are about a member: those of whom they name as their own subject, and those of pages and files that showed
-- them among others. A function, since the planner takes a list that may hold a member for one in a hundred rows, and
-- then reads the record from its newest end, or whole; in truth they are few: each half is one index's to answer.
CREATE OR REPLACE FUNCTION console_audits_about(member text) RETURNS SETOF text
    LANGUAGE sql STABLE ROWS 500 SET enable_seqscan TO off SET search_path FROM CURRENT AS $$
    SELECT id::text FROM user_access_audits WHERE user_id = member
    UNION ALL
    SELECT id::text FROM user_access_audits WHERE detail -> 'user_ids' @> to_jsonb(member)
$$;

-- What goes together: sign-ins are of no table, photos are viewed and never signed in to. Taken for independent, a pair
-- that never occurs looks common, and the record is read whole to find none.
CREATE STATISTICS IF NOT EXISTS console_audits_together (mcv) ON action, resource_type FROM user_access_audits;
