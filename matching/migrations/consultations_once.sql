-- Nobody is in two consultations at once: neither a consultant nor a member has two live scheduled rows that overlap,
-- whoever writes them and however many at a time. Rows that overlap already stay, and may be changed in all else.
--
-- The locks make those who book for one person wait for each other; each then reads what the one before has written,
-- since every query of a volatile function sees what is committed by then. A transaction of a stricter isolation would
-- read what was there when it began, and is refused. They are taken in one order, so that two never wait for each other.
--
-- Times are compared as the column has them, a naive `timestamp` or a `timestamptz`: minutes are the same length in both.
-- The triggers name no column, since PostgreSQL refuses to change the type of a column that a trigger names.
CREATE OR REPLACE FUNCTION console_refuse_overlap() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    of_consultant CONSTANT bigint := hashtextextended('console_consultations ' || NEW.consultant_id, 0);
    of_member CONSTANT bigint := hashtextextended('console_consultations ' || NEW.user_id, 0);
    other record;
BEGIN
    IF NEW.status <> 'scheduled' OR NEW.deleted_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.consultant_id, OLD.user_id, OLD.scheduled_at, OLD.duration_minutes, OLD.status, OLD.deleted_at)
            IS NOT DISTINCT FROM
           (NEW.consultant_id, NEW.user_id, NEW.scheduled_at, NEW.duration_minutes, NEW.status, NEW.deleted_at)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'consultations are booked in transactions that read what is committed'
            USING ERRCODE = 'invalid_transaction_state';
    END IF;
    PERFORM pg_advisory_xact_lock(least(of_consultant, of_member));
    PERFORM pg_advisory_xact_lock(greatest(of_consultant, of_member));
    -- Two queries, each over the index of its column.
    SELECT id, 'console_consultant_once' AS constraint_name INTO other FROM consult_schedules
    WHERE consultant_id = NEW.consultant_id AND status = 'scheduled' AND deleted_at IS NULL AND id <> NEW.id
      AND scheduled_at < NEW.scheduled_at + make_interval(mins => NEW.duration_minutes)
      AND scheduled_at + make_interval(mins => duration_minutes) > NEW.scheduled_at
    ORDER BY scheduled_at LIMIT 1;
    IF other.id IS NULL THEN
        SELECT id, 'console_member_once' AS constraint_name INTO other FROM consult_schedules
        WHERE user_id = NEW.user_id AND status = 'scheduled' AND deleted_at IS NULL AND id <> NEW.id
          AND scheduled_at < NEW.scheduled_at + make_interval(mins => NEW.duration_minutes)
          AND scheduled_at + make_interval(mins => duration_minutes) > NEW.scheduled_at
        ORDER BY scheduled_at LIMIT 1;
    END IF;
    IF other.id IS NOT NULL THEN
        RAISE EXCEPTION 'a consultation at that time is scheduled already'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = other.constraint_name, DETAIL = other.id,
                  TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END;
$$;

CREATE OR REPLACE TRIGGER console_consultations_once BEFORE INSERT OR UPDATE ON consult_schedules
    FOR EACH ROW EXECUTE FUNCTION console_refuse_overlap();
