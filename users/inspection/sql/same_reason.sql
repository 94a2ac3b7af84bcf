WITH reasons AS (
    SELECT actor_id, reason, max(actor_name) AS actor_name, count(*) AS reveals, count(DISTINCT user_id) AS members
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = 'reveal' AND reason <> ''
    GROUP BY actor_id, reason
    HAVING count(DISTINCT user_id) >= %(floor)s
)
SELECT DISTINCT ON (members, actor_id) actor_id, actor_name, reason, reveals, members
FROM (SELECT DISTINCT ON (actor_id) * FROM reasons ORDER BY actor_id, members DESC, reason) AS worst
ORDER BY members DESC, actor_id
LIMIT %(most)s
