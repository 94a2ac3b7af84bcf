-- The access record is destroyed when its time is over, and not before, whoever asks: two years, and three for changes of
-- permissions and inspections (users/audit/retention.py says why). The time zone makes a naive UTC column and a timestamptz
-- the same moment.
CREATE OR REPLACE FUNCTION console_refuse_early_deletion() RETURNS trigger
    LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
BEGIN
    IF OLD.created_at >= now() - (CASE WHEN OLD.action IN ('permission_change', 'inspect')
                                       THEN interval '3 years' ELSE interval '2 years' END) THEN
        RAISE EXCEPTION '% is append only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER console_append_only BEFORE UPDATE OR TRUNCATE ON user_access_audits
    FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();
CREATE OR REPLACE TRIGGER console_kept_until_due BEFORE DELETE ON user_access_audits
    FOR EACH ROW EXECUTE FUNCTION console_refuse_early_deletion();
