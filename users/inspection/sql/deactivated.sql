SELECT actor_id, max(actor_name) AS actor_name, count(*) AS rows, count(DISTINCT user_id) AS members,
       max(created_at)::timestamptz AS at
FROM user_access_audits
WHERE created_at >= %(since)s AND created_at < %(until)s AND actor_id = ANY (%(inactive)s)
GROUP BY actor_id
HAVING count(*) >= %(floor)s
ORDER BY rows DESC, actor_id
LIMIT %(most)s
