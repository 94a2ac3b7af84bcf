"""Members in any number, made in SQL: names, districts and statuses in believable shares."""

from django.db import connection

BATCH = 100_000

MEMBERS = """
INSERT INTO users (id, firebase_id, email, phone, name, gender, birth_year, status, is_admin, created_at, deleted_at)
SELECT 'usr_01' || lpad(upper(to_hex(n)), 24, '0'), NULL,
       'member' || n || '@' || (ARRAY['naver.com', 'gmail.com', 'daum.net'])[1 + floor(random() ^ 2 * 3)::int],
       '010' || lpad(n::text, 8, '0'),
       (ARRAY['김','김','김','김','이','이','이','박','박','최','정','강','조','윤','장','임','한','오','서','신','권',
              '황','안','남궁'])[1 + floor(random() * 24)::int]
       || substr('민서지현수영정은혜재성승동도준예하유태경상미진주윤보선창한광용희나소가채철형종봉',
                 1 + floor(random() ^ 1.3 * 40)::int, 1)
       || substr('준우연현민서진영희수호은아원석훈빈지윤정미경철혁규성환숙자순식태선림주봉팔라엘철',
                 1 + floor(random() ^ 1.3 * 40)::int, 1),
       (ARRAY['male', 'female'])[1 + floor(random() * 2)::int], 1970 + floor(random() * 33)::int,
       (ARRAY['approved','approved','approved','approved','approved','approved','approved','approved','withdrawn',
              'rejected'])[1 + floor(random() * 10)::int],
       false, timestamp '2023-01-01' + n * interval '1 minute',
       CASE WHEN random() < 0.01 THEN timestamp '2026-01-01' END
FROM generate_series(%(first)s, %(last)s) AS n
"""
RARE = """
UPDATE users SET status = 'suspended' WHERE right(phone, 3) = '777';
UPDATE users SET status = 'pending' WHERE id IN (SELECT id FROM users ORDER BY created_at DESC LIMIT 500);
UPDATE users SET birth_year = 1960 WHERE right(phone, 4) = '1234';
"""
PROFILES = """
INSERT INTO user_profiles (id, user_id, height, education, district)
SELECT id, id, 165, (ARRAY['bachelor','bachelor','bachelor','associate','high_school','master'])
                        [1 + floor(random() * 6)::int],
       (ARRAY['서울 강남구','서울 마포구','서울 송파구','경기 성남시','경기 수원시','부산 해운대구','대구 수성구'])
           [1 + floor(random() * 7)::int]
FROM users;
UPDATE user_profiles SET education = 'doctorate' WHERE right(id, 2) = '2A';
UPDATE user_profiles SET district = '제주 서귀포시' WHERE right(id, 3) IN ('12A', '0FF');
"""
# The running ones are the newest, as terms end; pauses are few.
SUBSCRIPTIONS = """
INSERT INTO user_subscriptions
    (id, user_id, plan, status, starts_at, introductions_total, introductions_used, auto_renew, created_at)
SELECT 'sub' || substr(id, 4), id, 'standard',
       CASE WHEN random() < 0.01 THEN 'paused' WHEN random() < 0.05 THEN 'canceled'
            WHEN created_at > timestamp '2023-01-01' + %(members)s * 0.8 * interval '1 minute' THEN 'active'
            ELSE 'expired' END,
       created_at, 10, 2, false, created_at
FROM users WHERE random() < 0.5;
"""


def fill(members: int) -> None:
    """Write so many members with profiles, and let PostgreSQL learn what there is."""
    with connection.cursor() as cursor:
        for first in range(1, members + 1, BATCH):
            cursor.execute(MEMBERS, {"first": first, "last": min(first + BATCH - 1, members)})
        cursor.execute(RARE)
        cursor.execute(PROFILES)
        cursor.execute(SUBSCRIPTIONS, {"members": members})
        cursor.execute("VACUUM ANALYZE")
