-- Whoever has no row in the three months before has no usual address yet.
WITH addresses AS (
    SELECT actor_id, ip_address, max(actor_name) AS actor_name,
           count(*) FILTER (WHERE created_at >= %(since)s) AS rows,
           count(*) FILTER (WHERE created_at < %(since)s) AS rows_before
    FROM user_access_audits
    WHERE created_at >= %(before)s AND created_at < %(until)s AND ip_address IS NOT NULL AND actor_id <> %(system)s
    GROUP BY actor_id, ip_address
)
SELECT actor_id, max(actor_name) AS actor_name, sum(rows) FILTER (WHERE rows_before = 0) AS rows,
       count(*) FILTER (WHERE rows_before = 0) AS addresses,
       (array_agg(ip_address ORDER BY rows DESC, ip_address) FILTER (WHERE rows_before = 0))[:%(shown)s] AS shown
FROM addresses
GROUP BY actor_id
HAVING sum(rows_before) > 0 AND count(*) FILTER (WHERE rows_before = 0) >= %(floor)s
ORDER BY rows DESC, actor_id
LIMIT %(most)s
