-- Files that left the console: every one is verified, whatever the number.
SELECT actor_id, max(actor_name) AS actor_name, count(*) AS files,
       sum(CASE WHEN user_id IS NOT NULL THEN 1
                WHEN jsonb_typeof(detail -> 'user_ids') = 'array' THEN jsonb_array_length(detail -> 'user_ids')
                ELSE 0 END) AS members,
       count(*) FILTER (WHERE coalesce(reason, '') = '') AS without_reason,
       (array_agg(DISTINCT reason) FILTER (WHERE reason <> ''))[:%(shown)s] AS reasons
FROM user_access_audits
WHERE created_at >= %(since)s AND created_at < %(until)s AND action = ANY (%(taking)s)
GROUP BY actor_id
HAVING count(*) >= %(floor)s
ORDER BY files DESC, actor_id
LIMIT %(most)s
