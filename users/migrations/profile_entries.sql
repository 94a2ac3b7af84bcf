-- What a profile holds, in the member's entry of the index: by key, row for row. PL/pgSQL plans a statement once a session,
-- by what the tables held at the first call. A join with the transition table was planned, in a session that began while
-- the index was empty, to compare each entry with each changed row: minutes for some ten thousand.
CREATE OR REPLACE FUNCTION console_profiles_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_seqscan TO off AS $$
DECLARE
    profile record;
BEGIN
    FOR profile IN SELECT user_id, district, education FROM new_rows LOOP
        UPDATE console_member_search SET district = profile.district, education = profile.education
        WHERE user_id = profile.user_id
          AND (district, education) IS DISTINCT FROM (profile.district, profile.education);
    END LOOP;
    RETURN NULL;
END $$;
