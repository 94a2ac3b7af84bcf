WITH hours AS (
    SELECT coalesce(ip_address, '') AS address, date_trunc('hour', created_at) AS hour, count(*) AS failures,
           count(DISTINCT detail ->> 'email') AS accounts
    FROM user_access_audits
    WHERE created_at >= %(since)s AND created_at < %(until)s AND action = 'login_failed'
    GROUP BY address, hour
    HAVING count(*) >= %(floor)s
)
SELECT address, count(*) AS hours, max(failures) AS failures, max(accounts) AS accounts,
       (array_agg(hour::timestamptz ORDER BY failures DESC, hour))[1] AS at
FROM hours
GROUP BY address
ORDER BY failures DESC, address
LIMIT %(most)s
