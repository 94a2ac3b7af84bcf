WITH seen AS (
    SELECT actor_id, user_id, date_trunc('hour', created_at) AS hour, max(actor_name) AS actor_name
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = ANY (%(looks)s) AND user_id IS NOT NULL
    GROUP BY actor_id, user_id, hour
), hours AS (
    SELECT actor_id, hour, max(actor_name) AS actor_name, count(*) AS members
    FROM seen GROUP BY actor_id, hour HAVING count(*) >= %(floor)s
)
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS hours, max(members) AS members,
       (array_agg(hour::timestamptz ORDER BY members DESC, hour))[1] AS at
FROM hours
GROUP BY actor_id
ORDER BY members DESC, actor_id
LIMIT %(most)s
