-- Members whom one person looked at on one day, beside the days of the three months before and beside the role's days.
WITH staff AS (
    SELECT * FROM unnest(%(actors)s::text[], %(roles)s::text[]) AS s (actor_id, role)
), looked AS (
    SELECT actor_id, (created_at::timestamptz AT TIME ZONE 'Asia/Seoul')::date AS day, max(actor_name) AS actor_name,
           count(DISTINCT user_id) AS members
    FROM user_access_audits
    WHERE created_at >= %(before)s AND created_at < %(until)s AND action = ANY (%(looks)s) AND user_id IS NOT NULL
    GROUP BY actor_id, day
), days AS (
    SELECT looked.*, coalesce(role, '') AS role, day >= %(first_day)s AS is_inspected
    FROM looked LEFT JOIN staff USING (actor_id)
), own_median AS (
    SELECT actor_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY members) AS median
    FROM days WHERE NOT is_inspected GROUP BY actor_id HAVING count(*) >= %(known)s
), own AS (
    SELECT actor_id, median + %(deviations)s * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(members - median)) AS most
    FROM days JOIN own_median USING (actor_id) WHERE NOT is_inspected GROUP BY actor_id, median
), role_median AS (
    SELECT role, percentile_cont(0.5) WITHIN GROUP (ORDER BY members) AS median
    FROM days WHERE is_inspected GROUP BY role HAVING count(*) >= %(known)s
), peers AS (
    SELECT role, median + %(deviations)s * percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(members - median)) AS most
    FROM days JOIN role_median USING (role) WHERE is_inspected GROUP BY role, median
)
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS days, max(members) AS members,
       (array_agg(day ORDER BY members DESC, day))[1] AS day,
       round(max(own.most))::int AS own, round(max(peers.most))::int AS peers
FROM days LEFT JOIN peers USING (role) LEFT JOIN own USING (actor_id)
WHERE is_inspected AND members >= %(floor)s AND members > coalesce(peers.most, 0) AND members > coalesce(own.most, 0)
GROUP BY actor_id
ORDER BY members DESC, actor_id
LIMIT %(most)s
