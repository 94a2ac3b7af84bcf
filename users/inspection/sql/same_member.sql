-- Minutes in which one person looked at one member: opening every photo of an album is one look.
WITH staff AS (
    SELECT * FROM unnest(%(actors)s::text[], %(roles)s::text[]) AS s (actor_id, role)
), minutes AS (
    SELECT actor_id, user_id, max(actor_name) AS actor_name
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = ANY (%(looks)s) AND user_id IS NOT NULL
    GROUP BY actor_id, user_id, date_trunc('minute', created_at)
), pairs AS (
    SELECT actor_id, user_id, coalesce(role, '') AS role, max(actor_name) AS actor_name, count(*) AS looks
    FROM minutes LEFT JOIN staff USING (actor_id)
    GROUP BY actor_id, user_id, role
), own_median AS (
    SELECT actor_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY looks) AS median
    FROM pairs GROUP BY actor_id HAVING count(*) >= %(known)s
), own AS (
    SELECT actor_id, median + %(deviations)s * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(looks - median)) AS most
    FROM pairs JOIN own_median USING (actor_id) GROUP BY actor_id, median
), role_median AS (
    SELECT role, percentile_cont(0.5) WITHIN GROUP (ORDER BY looks) AS median
    FROM pairs GROUP BY role HAVING count(*) >= %(known)s
), peers AS (
    SELECT role, median + %(deviations)s * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(looks - median)) AS most
    FROM pairs JOIN role_median USING (role) GROUP BY role, median
)
SELECT actor_id, actor_name, user_id, looks, round(own.most)::int AS own, round(peers.most)::int AS peers
FROM pairs LEFT JOIN own USING (actor_id) LEFT JOIN peers USING (role)
WHERE looks >= %(floor)s AND looks > coalesce(own.most, 0) AND looks > coalesce(peers.most, 0)
ORDER BY looks DESC, actor_id, user_id
LIMIT %(most)s
