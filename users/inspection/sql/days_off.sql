WITH looked AS (
    SELECT actor_id, actor_name, user_id, (created_at::timestamptz AT TIME ZONE 'Asia/Seoul')::date AS day
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = ANY (%(looks)s) AND user_id IS NOT NULL
)
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS looks, count(DISTINCT user_id) AS members,
       count(DISTINCT day) AS days
FROM looked
WHERE extract(isodow FROM day) >= 6 OR day = ANY (%(holidays)s::date[])
GROUP BY actor_id
HAVING count(*) >= %(floor)s
ORDER BY looks DESC, actor_id
LIMIT %(most)s
