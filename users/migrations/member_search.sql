-- The console's index over members. Nothing here alters a table of the backend's; the triggers name no column, since
-- PostgreSQL refuses to change the type of a column that a trigger or a view names.

-- The default 100 would leave the planner to guess how often any but the most common names occur: it then reads all
-- members from the newest on for the few that are called 철수.
ALTER TABLE console_member_search ALTER COLUMN grams SET STATISTICS 1000;

-- NFC, lower case, without white space and other characters that nobody sees: what names are compared by. The characters
-- are listed, since what \s matches depends on the locale.
CREATE OR REPLACE FUNCTION console_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(regexp_replace(
        name,
        '[\u0001-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff]', '', 'g'
    ), NFC));

-- The grams of a name, as users/search/grams.py describes them: each character alone (after 0), after the whole
-- character before it and after that one's initial consonant, in every form in which it may have been typed so far: the
-- character, the initial consonant, the syllable without its final consonant, and that with the simple vowel that a
-- compound one begins with. A code point beyond the Basic Multilingual Plane becomes one of the surrogates, which no
-- text holds. Runs for every member that is written: no calls, no subqueries, 5 µs a name.
CREATE OR REPLACE FUNCTION console_name_grams(name_key text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    alone CONSTANT integer := -32768 * 65536;
    after_whole integer := alone;
    after_initial integer := alone;
    ways integer := 1;
    code integer;
    syllable integer;
    vowel integer;
    initial integer;
    open integer;
    begun integer;
    grams integer[] := '{}';
BEGIN
    FOR at IN 1..length(name_key) LOOP
        code := ascii(substr(name_key, at, 1));
        syllable := code - 44032;
        IF syllable BETWEEN 0 AND 11171 THEN
            vowel := syllable % 588 / 28;
            initial := ascii(substr('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', syllable / 588 + 1, 1));
            open := code - syllable % 28;
            begun := open - 28 * CASE WHEN vowel BETWEEN 9 AND 11 THEN vowel - 8 WHEN vowel BETWEEN 14 AND 16 THEN vowel - 13
                                      WHEN vowel = 19 THEN 1 ELSE 0 END;
        ELSE
            code := CASE WHEN code > 65535 THEN 55296 + code % 2048 ELSE code END;
            initial := code;
            open := code;
            begun := code;
        END IF;
        grams := grams || (ARRAY[alone + code, after_whole + code, after_initial + code])[:ways];
        IF initial <> code THEN
            grams := grams || (ARRAY[alone + initial, after_whole + initial, after_initial + initial])[:ways];
        END IF;
        IF open <> code THEN
            grams := grams || (ARRAY[alone + open, after_whole + open, after_initial + open])[:ways];
        END IF;
        IF begun <> open THEN
            grams := grams || (ARRAY[alone + begun, after_whole + begun, after_initial + begun])[:ways];
        END IF;
        after_whole := (code - 32768) * 65536;
        after_initial := (initial - 32768) * 65536;
        ways := CASE WHEN initial = code THEN 2 ELSE 3 END;
    END LOOP;
    RETURN grams;
END $$;

-- Every three digits in a row, after 1.
CREATE OR REPLACE FUNCTION console_phone_grams(phone text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    grams integer[] := '{}';
BEGIN
    FOR at IN 1..length(phone) - 2 LOOP
        IF substr(phone, at, 3) ~ '^[0-9]{3}$' THEN
            grams := grams || ((1 - 32768) * 65536 + substr(phone, at, 3)::integer);
        END IF;
    END LOOP;
    RETURN grams;
END $$;

-- SECURITY DEFINER: the backend's role writes members without rights on the console's table. The time zone makes a naive
-- UTC column and a timestamptz the same `created_at`.
--
-- PL/pgSQL plans each statement once a session, by the rows of the first call: nothing here may be slow when a session
-- that has changed one member then changes all of them. Hence EXCEPT by sorting, and no join of the transition tables.
CREATE OR REPLACE FUNCTION console_users_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET timezone TO 'UTC' SET enable_hashagg TO off SET search_path FROM CURRENT AS $$
BEGIN
    -- Two steps: an INSERT has no old_rows, and PL/pgSQL plans a condition as a whole.
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            SELECT id, name, phone, email, status, gender, birth_year, created_at, deleted_at IS NULL FROM new_rows
            EXCEPT
            SELECT id, name, phone, email, status, gender, birth_year, created_at, deleted_at IS NULL FROM old_rows
        ) THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO console_member_search AS s (user_id, created_at, is_deleted, name_key, phone, email_key, domain_key,
                                            status, gender, birth_year, grams)
    SELECT id, created_at::timestamp, deleted_at IS NOT NULL, console_name_key(name), phone, lower(email),
           nullif(split_part(lower(email), '@', 2), ''), status, gender, birth_year,
           console_name_grams(console_name_key(name)) || console_phone_grams(phone)
    FROM new_rows
    ON CONFLICT (user_id) DO UPDATE SET
        created_at = excluded.created_at, is_deleted = excluded.is_deleted, name_key = excluded.name_key,
        phone = excluded.phone, email_key = excluded.email_key, domain_key = excluded.domain_key,
        status = excluded.status, gender = excluded.gender, birth_year = excluded.birth_year, grams = excluded.grams;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION console_users_removed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM console_member_search WHERE user_id IN (SELECT id FROM old_rows);
    RETURN NULL;
END $$;

-- Each trigger writes only what its own table holds, so that two transactions that change a member and the profile at
-- the same moment cannot put each other's old values back.
-- Both write the member's one entry: a transaction that changes a member and then the profile, beside one that has just
-- moved the same profile to another district, is a deadlock, of which PostgreSQL ends one. Whoever writes both in one
-- transaction therefore locks the profile first, as the Django admin does.
CREATE OR REPLACE FUNCTION console_profiles_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
    -- By key, row for row, however many rows the first call of a session had, see above.
    SET enable_hashjoin TO off SET enable_mergejoin TO off SET enable_seqscan TO off AS $$
BEGIN
    UPDATE console_member_search AS s SET district = n.district, education = n.education
    FROM new_rows n
    WHERE s.user_id = n.user_id AND (s.district, s.education) IS DISTINCT FROM (n.district, n.education);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER console_users_inserted AFTER INSERT ON users
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION console_users_written();
CREATE OR REPLACE TRIGGER console_users_updated AFTER UPDATE ON users
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION console_users_written();
CREATE OR REPLACE TRIGGER console_users_removed AFTER DELETE ON users
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION console_users_removed();
CREATE OR REPLACE TRIGGER console_profiles_inserted AFTER INSERT ON user_profiles
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION console_profiles_written();
CREATE OR REPLACE TRIGGER console_profiles_updated AFTER UPDATE ON user_profiles
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION console_profiles_written();
