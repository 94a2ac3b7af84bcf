WITH looked AS (
    SELECT actor_id, actor_name, user_id, created_at::timestamptz AT TIME ZONE 'Asia/Seoul' AS at
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = ANY (%(looks)s) AND user_id IS NOT NULL
)
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS looks, count(DISTINCT user_id) AS members,
       -- The small hours belong to the night that began the day before.
       count(DISTINCT (at - interval '6 hours')::date) AS nights
FROM looked
WHERE extract(hour FROM at) >= 22 OR extract(hour FROM at) < 6
GROUP BY actor_id
HAVING count(*) >= %(floor)s
ORDER BY looks DESC, actor_id
LIMIT %(most)s
