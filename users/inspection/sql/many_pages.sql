WITH hours AS (
    SELECT actor_id, date_trunc('hour', created_at) AS hour, max(actor_name) AS actor_name, count(*) AS pages
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = 'search'
    GROUP BY actor_id, hour
    HAVING count(*) >= %(floor)s
)
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS hours, max(pages) AS pages,
       (array_agg(hour::timestamptz ORDER BY pages DESC, hour))[1] AS at
FROM hours
GROUP BY actor_id
ORDER BY pages DESC, actor_id
LIMIT %(most)s
