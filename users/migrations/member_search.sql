-- The console's index over members. Nothing here alters a table of the backend's; the triggers name no column, since
-- PostgreSQL refuses to change the type of a column that a trigger or a view names.

-- NFC, lower case, no white space: what names are compared by.
CREATE OR REPLACE FUNCTION console_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(regexp_replace(normalize(name, NFC), '\s', '', 'g'));

-- Two code points of the Basic Multilingual Plane in one integer; the first is 0 for a single character and 1 for three
-- digits of a phone number. Mirrored by users/search/grams.py.
CREATE OR REPLACE FUNCTION console_gram(first integer, second integer) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (first - 32768) * 65536 + second;

-- What may have been typed so far of one character: the character, the syllable without its final consonant, that with
-- the simple vowel that a compound one begins with, and the initial consonant.
CREATE OR REPLACE FUNCTION console_typed_forms(code integer) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    syllable integer := code - 44032;
    initial integer := syllable / 588;
    vowel integer := syllable % 588 / 28;
BEGIN
    IF syllable NOT BETWEEN 0 AND 11171 THEN
        RETURN ARRAY[code];
    END IF;
    vowel := CASE WHEN vowel BETWEEN 9 AND 11 THEN 8 WHEN vowel BETWEEN 14 AND 16 THEN 13 WHEN vowel = 19 THEN 18
                  ELSE vowel END;
    RETURN ARRAY[
        code,
        code - syllable % 28,
        44032 + initial * 588 + vowel * 28,
        ascii(substr('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ', initial + 1, 1))
    ];
END $$;

CREATE OR REPLACE FUNCTION console_name_grams(name_key text) RETURNS integer[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    grams integer[] := '{}';
    earlier integer[];
    forms integer[];
    character text;
    form integer;
BEGIN
    FOREACH character IN ARRAY string_to_array(name_key, NULL) LOOP
        forms := console_typed_forms(ascii(character) & 65535);
        FOREACH form IN ARRAY forms LOOP
            grams := grams || console_gram(0, form);
            IF earlier IS NOT NULL THEN
                grams := grams || console_gram(earlier[1], form) || console_gram(earlier[cardinality(earlier)], form);
            END IF;
        END LOOP;
        earlier := forms;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT unnest(grams));
END $$;

-- Every three digits in a row.
CREATE OR REPLACE FUNCTION console_phone_grams(phone text) RETURNS integer[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
        SELECT DISTINCT console_gram(1, substr(phone, at, 3)::integer)
        FROM generate_series(1, length(phone) - 2) AS at
        WHERE substr(phone, at, 3) ~ '^[0-9]{3}$'
    );

-- SECURITY DEFINER: the backend's role writes members without rights on the console's table. The time zone makes a naive
-- UTC column and a timestamptz the same `created_at`.
CREATE OR REPLACE FUNCTION console_users_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET timezone TO 'UTC' SET search_path FROM CURRENT AS $$
BEGIN
    -- Two steps: an INSERT has no old_rows, and PL/pgSQL plans a condition as a whole.
    IF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (
            SELECT FROM new_rows n JOIN old_rows o USING (id)
            WHERE (n.name, n.phone, n.email, n.status, n.gender, n.birth_year, n.created_at, n.deleted_at IS NULL)
                IS DISTINCT FROM
                  (o.name, o.phone, o.email, o.status, o.gender, o.birth_year, o.created_at, o.deleted_at IS NULL)
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
CREATE OR REPLACE FUNCTION console_profiles_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
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
