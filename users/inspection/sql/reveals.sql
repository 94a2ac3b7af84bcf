WITH staff AS (
    SELECT * FROM unnest(%(actors)s::text[], %(roles)s::text[]) AS s (actor_id, role)
), counts AS (
    SELECT actor_id, coalesce(role, '') AS role, max(actor_name) AS actor_name, count(*) AS reveals,
           count(DISTINCT user_id) AS members
    FROM user_access_audits LEFT JOIN staff USING (actor_id)
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = 'reveal'
    GROUP BY actor_id, role
), role_median AS (
    SELECT role, percentile_cont(0.5) WITHIN GROUP (ORDER BY reveals) AS median
    FROM counts GROUP BY role HAVING count(*) >= %(known_people)s
), peers AS (
    SELECT role, median + %(deviations)s * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(reveals - median)) AS most
    FROM counts JOIN role_median USING (role) GROUP BY role, median
)
SELECT actor_id, actor_name, reveals, members, round(peers.most)::int AS peers
FROM counts LEFT JOIN peers USING (role)
WHERE reveals >= %(floor)s AND reveals > coalesce(peers.most, 0)
ORDER BY reveals DESC, actor_id
LIMIT %(most)s
