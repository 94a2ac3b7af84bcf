-- The access record is written once, whoever asks.
CREATE OR REPLACE FUNCTION console_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE TRIGGER console_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON user_access_audits
    FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();
