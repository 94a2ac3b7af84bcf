-- What was decided about an incident is never changed, and goes only with the member whom it is about, whoever asks.
CREATE OR REPLACE TRIGGER console_incident_decisions_append_only BEFORE UPDATE OR TRUNCATE
    ON console_incident_decisions FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();

CREATE OR REPLACE FUNCTION console_keep_with_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM users WHERE id = OLD.user_id AND deleted_at IS NULL) THEN
        RAISE EXCEPTION '% is append only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER console_incident_decisions_kept BEFORE DELETE
    ON console_incident_decisions FOR EACH ROW EXECUTE FUNCTION console_keep_with_member();
